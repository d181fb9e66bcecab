import * as core from "@actions/core";
import { InputError } from "@longshore/language";
import { showText } from "../lib/step/escape.ts";
import { readLines, readText } from "../lib/step/inputs.ts";
import { writeOutputs } from "../lib/step/outputs.ts";
import { printText } from "../lib/step/print-text.ts";
import { maskSecret, runStep } from "../lib/step/run-step.ts";
import { checkLogin } from "./check-login.ts";
import { chooseLogins } from "./choose-logins.ts";
import { addLogins, dockerConfigPath, type EarlierLogins, restoreLogins } from "./docker-config.ts";
import { hasUnsafeLine, type Login, readLogins } from "./read-logins.ts";

await runStep(async () => {
  const earlier = core.getState("earlier");
  if (earlier !== "") return logOut(JSON.parse(earlier) as EarlierLogins);
  const token = readText("token");
  maskSecret(token);
  const given = await readSecret(readText("registry-auth"));
  const logins = chooseLogins(given, readLines("images"), { username: readText("actor", "token"), password: token });
  const taken = await keepGood(logins, given);
  core.saveState("earlier", JSON.stringify(addLogins(dockerConfigPath(process.env), taken)));
  for (const { registry } of taken) printText(`Logged in to ${registry}.`);
  writeOutputs({ registries: taken.map(({ registry }) => registry).join("\n") });
});

function logOut(earlier: EarlierLogins): void {
  restoreLogins(dockerConfigPath(process.env), earlier);
  printText(`Logged out of ${Object.keys(earlier.auths).join(", ")}.`);
}

/** The secret's logins, each password masked. */
async function readSecret(secret: string): Promise<readonly Login[]> {
  if (secret === "") return [];
  if (hasUnsafeLine(secret)) {
    throw new InputError(
      "registry-auth has a line shorter than 4 characters or without a letter and a digit, such as a bracket alone: GitHub masks each line of a secret, and drops every output that holds it. Write it as one line of JSON; a key in JSON goes in as _json_key_base64.",
    );
  }
  const { readYaml } = await import("@longshore/config/yaml");
  const reading = readYaml(secret, "registry-auth");
  // Its parser may quote the text, which is a secret: only the place is told.
  if ("problems" in reading) {
    throw new InputError(
      `${reading.problems[0].at} is not YAML: write a YAML or JSON list of { registry, username, password }.`,
    );
  }
  const logins = readLogins(reading.documents);
  for (const { password } of logins) maskSecret(password);
  const without = logins.filter(({ password }) => password === "").map(({ registry }) => registry);
  if (without.length > 0) {
    core.warning(
      showText(
        `registry-auth has no password for ${without.join(", ")}, so the job goes on without it: a fork's pull request gets no secrets; elsewhere check that the secret exists.`,
      ),
    );
  }
  return logins.filter(({ password }) => password !== "");
}

/** All at once. The token's own login is not asked about: whoever needs it finds out. */
async function keepGood(logins: readonly Login[], asked: readonly Login[]): Promise<readonly Login[]> {
  const kept = await Promise.all(
    logins.map(async (login) => {
      if (!asked.includes(login)) return [login];
      try {
        await checkLogin(login, (sentence) => core.warning(showText(sentence)));
        return [login];
      } catch (error) {
        if (!login.optional || !(error instanceof Error)) throw error;
        core.warning(showText(`${error.message} The registry is optional, so the job goes on without it.`));
        return [];
      }
    }),
  );
  return kept.flat();
}
