import { field } from "../lib/github/reads.ts";
import { parseRegistryAddress } from "../lib/registry/address.ts";
import { showText } from "../lib/step/escape.ts";
import type { AskGitHub } from "./ask-github.ts";
import { isOnGitHub } from "./check-registry.ts";
import { type Finding, ok, warn } from "./finding.ts";
import type { DiagnoseRequest } from "./read-request.ts";
import { isRefusal, tellUnknown } from "./tell-hidden.ts";

/** Who sees the package, and which repository it belongs to. Nothing of registries that are not GitHub's. */
export async function checkPackage(request: DiagnoseRequest, ask: AskGitHub): Promise<readonly Finding[]> {
  const { image, repository } = request;
  if (!isOnGitHub(image)) return [];
  const [owner = "", ...rest] = parseRegistryAddress(image).path.split("/");
  const account = await ask(`/users/${encodeURIComponent(owner)}`);
  const what = `Whether there is a package ${rest.join("/")} of ${owner}`;
  if (account.status !== 200 && !isRefusal(account)) return [tellUnknown("package", what, account)];
  const root = field(account.data, "type") === "Organization" ? "orgs" : "users";
  const name = encodeURIComponent(rest.join("/"));
  const reply = await ask(`/${root}/${encodeURIComponent(owner)}/packages/container/${name}`);
  const { status, data, said } = reply;
  if (status !== 200 && !isRefusal(reply)) return [tellUnknown("package", what, reply)];
  if (status !== 200) {
    return [
      warn(
        "package",
        `GitHub shows this token no package ${rest.join("/")} of ${owner} (${status} ${said}).`,
        "It is made by the first push. If it is there: grant `packages: read`, or use a classic token with `read:packages`.",
      ),
    ];
  }
  return [judgeVisibility(data, image), judgeLink(data, image, repository)];
}

function judgeVisibility(data: unknown, image: string): Finding {
  const visibility = showText(String(field(data, "visibility")));
  if (visibility === "public") return ok("visibility", `${image} is public: everybody can pull it.`);
  return warn(
    "visibility",
    `${image} is ${visibility}: who pulls it must log in.`,
    "Where everybody should pull it, make it public in the package's settings (Danger Zone); else log in to ghcr.io in clusters and other repositories too.",
  );
}

function judgeLink(data: unknown, image: string, repository: string): Finding {
  const linked = field(field(data, "repository"), "full_name");
  if (typeof linked !== "string") {
    return warn(
      "linked-repository",
      `${image} is linked to no repository, so none has rights by itself.`,
      "Connect it in the package's settings, or push an image with the label `org.opencontainers.image.source`, as Longshore's have it.",
    );
  }
  if (repository === "" || linked.toLowerCase() === repository.toLowerCase()) {
    return ok("linked-repository", `${image} is linked to ${showText(linked)}.`);
  }
  return warn(
    "linked-repository",
    `${image} is linked to ${showText(linked)}, not to ${repository}.`,
    `Give ${repository} a role in the package's settings (Manage Actions access).`,
  );
}
