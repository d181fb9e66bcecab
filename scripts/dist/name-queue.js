import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  nameQueue
} from "./chunk-queue-name.js";
import "./chunk-crypto.js";
import {
  readRepositoryName
} from "./chunk-event.js";
import {
  readText,
  runStep,
  writeOutputs
} from "./chunk-actions-core-summary.js";
import {
  parseComponent,
  parseImagePlan,
  parseImages,
  parseSuffix,
  publishQueue
} from "./chunk-semver.js";
import {
  printText
} from "./chunk-print-text.js";
import "./chunk-escape.js";
import "./chunk-image-name.js";
import "./chunk-runtime.js";

// name-queue/main.ts
await runStep(async () => {
  const plan = readText("plan");
  const { images, component, suffix } = plan === "" ? readNames() : parseImagePlan(plan);
  const moving = [{ mutability: "moving" }];
  const name = nameQueue(publishQueue({ images, component, suffix, tags: moving, revision: "" }));
  printText(`Moving tags of ${images[0]} are put in the queue ${name}.`);
  writeOutputs({ queue: name });
});
function readNames() {
  return {
    images: parseImages(readText("image"), readRepositoryName()),
    component: parseComponent(readText("component")),
    suffix: parseSuffix(readText("suffix"))
  };
}
