import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
import {
  readEventContext
} from "./chunk-event.js";
import {
  InputError
} from "./chunk-image-name.js";

// lib/scans/image-slug.ts
function imageSlug({ repository, digest }) {
  return `${repository.split("/").at(-1)}-${digest.slice("sha256:".length).slice(0, 12)}`;
}

// lib/github/default-branch.ts
function readDefaultBranch(given, missing = "Input `default-branch` is missing, and this event does not tell it: give the branch's name.") {
  if (given !== "") return given;
  const { payload, eventName, ref } = readEventContext();
  const branch = payload.repository?.default_branch;
  if (typeof branch === "string" && branch !== "") return branch;
  if (eventName === "schedule" && ref.startsWith("refs/heads/")) return ref.slice("refs/heads/".length);
  throw new InputError(missing);
}

export {
  imageSlug,
  readDefaultBranch
};
