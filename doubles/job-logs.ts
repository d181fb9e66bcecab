import { createHash } from "node:crypto";
import type { ApiContext } from "./api/api-context.ts";
import { gitHubDate } from "./git-object.ts";
import type { Answer, Received } from "./http-exchange.ts";

const prefix = "/signed-logs/";

/** Where the log of a job lies: another host than the API's, whose address alone is the leave to read it. */
export function signedLogUrl(origin: string, repository: string, job: number): string {
  const path = `${prefix}${repository}/${job}`;
  const url = new URL(path, origin);
  url.hostname = "127.0.0.1"; // the double is localhost to everybody else
  url.searchParams.set("sig", sign(path));
  return url.href;
}

export function isLogPath(pathname: string): boolean {
  return pathname.startsWith(prefix);
}

/** As the storage behind GitHub does: a token beside the signature is refused. Each line is dated, the first has a byte order mark. */
export function answerLog({ find }: ApiContext, { url, headers }: Received): Answer {
  const [owner = "", name = "", id = ""] = url.pathname.slice(prefix.length).split("/");
  if (headers.authorization !== undefined) return refuse(400, "InvalidAuthenticationInfo");
  if (url.searchParams.get("sig") !== sign(url.pathname)) return refuse(403, "AuthenticationFailed");
  const run = find(`${owner}/${name}`)?.runs.find(({ jobs }) => jobs.some((job) => job.id === Number(id)));
  const log = run?.jobs.find((job) => job.id === Number(id))?.log;
  if (run === undefined || typeof log !== "string") return refuse(404, "BlobNotFound");
  const date = gitHubDate(run.createdAt).replace("Z", ".0000000Z");
  const body = `\ufeff${log.replaceAll(/^/gmu, `${date} `)}\n`;
  return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}

function refuse(status: number, code: string): Answer {
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code></Error>`;
  return { status, headers: { "content-type": "application/xml" }, body };
}

function sign(path: string): string {
  return createHash("sha256").update(`signed ${path}`).digest("hex");
}
