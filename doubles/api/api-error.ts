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

export const secondaryLimitMessage =
  "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.";
