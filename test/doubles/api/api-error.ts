import { type Answer, json } from "../http-exchange.ts";

/** GitHub's error body. `documentation` is the path below docs.github.com. */
export function apiError(
  status: number,
  message: string,
  documentation = "rest",
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const body = { message, documentation_url: `https://docs.github.com/${documentation}`, status: String(status) };
  return json(status, body, headers);
}
