import * as artifacts from "./artifacts.ts";
import * as inputs from "./inputs.ts";
import * as jobs from "./jobs.ts";
import { groupsAndKeysAreBounded } from "./lengths.ts";
import * as permissions from "./permissions.ts";
import { checkoutKeepsNoCredentials, foreignReferencesArePinned, ownReferencesResolve } from "./references.ts";
import type { Rule } from "./rule.ts";
import * as scanning from "./scanning.ts";
import * as shipping from "./shipping.ts";
import * as signing from "./signing.ts";
import { callsAreWaitedForByResult } from "./waiting.ts";

/** Every rule by its name. */
export const rules: Readonly<Record<string, Rule>> = {
  ...permissions,
  ...artifacts,
  ...jobs,
  ...inputs,
  ...scanning,
  ...shipping,
  ...signing,
  ownReferencesResolve,
  foreignReferencesArePinned,
  checkoutKeepsNoCredentials,
  callsAreWaitedForByResult,
  groupsAndKeysAreBounded,
};
