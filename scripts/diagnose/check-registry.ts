import { isLoopback } from "@longshore/language";
import { parseRegistryAddress } from "../lib/registry/address.ts";
import { RegistryError } from "../lib/registry/error.ts";
import type { Registry } from "../lib/registry/registry.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import type { DiagnoseRequest } from "./read-request.ts";

/** Whether the registry lets this login read, and write where that is wanted: it is tried, nothing is left behind. */
export async function checkRegistry(
  { image, access }: DiagnoseRequest,
  registry: Registry,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const tags = await registry.listTags();
    findings.push(
      tags === undefined
        ? warn(
            "pull",
            `There is no ${image} yet, or it is not shown to this login.`,
            "Push an image, or check its name.",
          )
        : ok("pull", `${image} can be read; it has ${tags.length} tags.`),
    );
  } catch (error) {
    findings.push(explain("pull", image, error));
  }
  if (access === "pull") return findings;
  try {
    await registry.checkPush();
    findings.push(ok("push", `${image} can be written to.`));
  } catch (error) {
    findings.push(explain("push", image, error));
  }
  return findings;
}

function explain(check: "pull" | "push", image: string, error: unknown): Finding {
  const detail = error instanceof Error ? error.message : String(error);
  const status = error instanceof RegistryError ? error.status : -1;
  if (status === 401) {
    return fail(check, detail, "Log in by the step log-in before, or pass a token that is valid as input `token`.");
  }
  if (status === 403) {
    const level = check === "push" ? "write" : "read";
    const role = check === "push" ? "Write" : "Read";
    const fix = isOnGitHub(image)
      ? `Grant the job \`packages: ${level}\`; if the package was not made by this repository, give the repository the ${role} role in the package's settings (Manage Actions access). Forks and Dependabot have read-only tokens whatever is granted.`
      : `Use a login that may ${check} there.`;
    return fail(check, detail, fix);
  }
  if (status === 0) return fail(check, detail, "Check the registry's name, the network and its proxy.");
  return fail(check, detail, "If the registry fails for the moment, run this again later.");
}

/** GHCR, or what stands in for it on this machine. */
export function isOnGitHub(image: string): boolean {
  const { host } = parseRegistryAddress(image);
  return host === "ghcr.io" || isLoopback(host);
}
