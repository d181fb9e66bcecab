import * as core from "@actions/core";
import { readRegistryCredentials } from "../lib/registry/credentials.ts";
import { openRegistry, type Registry } from "../lib/registry/registry.ts";
import { imageSlug } from "../lib/scans/image-slug.ts";
import { showText } from "../lib/step/escape.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { formatTextTable } from "../lib/step/summary.ts";
import { findBaseline } from "./find-baseline.ts";
import { listTargets } from "./list-targets.ts";
import { readRequest } from "./read-request.ts";
import { waitForParts } from "./wait-for-parts.ts";

await runStep(async () => {
  const request = readRequest();
  maskSecret(request.token);
  const credentials = readRegistryCredentials(process.env, request.token);
  const open = (repository: string): Registry =>
    openRegistry(repository, { credentials, onRetry: (sentence) => core.warning(showText(sentence)) });
  const image = await waitForParts(open(request.repository), request.digest, request.wait, printText);
  const baseline = await findBaseline(request, open);
  if (typeof baseline === "string") core.warning(showText(baseline));
  const targets = listTargets(request, image, typeof baseline === "string" ? undefined : baseline);
  printText(formatTextTable(targets.map(({ platform, reference }) => [platform, reference])));
  writeOutputs({
    targets: JSON.stringify(targets),
    digest: image.digest,
    revision: image.facts.revision ?? "",
    name: imageSlug(request),
  });
});
