import { parseComponent, parseImagePlan, parseImages, parseSuffix, publishQueue } from "@longshore/tagging";
import { readRepositoryName } from "../lib/github/event.ts";
import { readText } from "../lib/step/inputs.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { nameQueue } from "../lib/step/queue-name.ts";
import { runStep } from "../lib/step/run-step.ts";

await runStep(async () => {
  const plan = readText("plan");
  const { images, component, suffix } = plan === "" ? readNames() : parseImagePlan(plan);
  const moving = [{ mutability: "moving" }] as const;
  const name = nameQueue(publishQueue({ images, component, suffix, tags: moving, revision: "" }));
  printText(`Moving tags of ${images[0]} are put in the queue ${name}.`);
  writeOutputs({ queue: name });
});

function readNames() {
  return {
    images: parseImages(readText("image"), readRepositoryName()),
    component: parseComponent(readText("component")),
    suffix: parseSuffix(readText("suffix")),
  };
}
