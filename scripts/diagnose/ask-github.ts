import { messageIn } from "../lib/github/rest.ts";
import { parseJson } from "../lib/http/parse-json.ts";
import { HttpRefusal, TooLarge, TooLate } from "../lib/http/refusal.ts";
import { sendRequest } from "../lib/http/request.ts";
import { retry } from "../lib/http/retry.ts";
import { showText } from "../lib/step/escape.ts";

export interface GitHubReply {
  /** 0 where no answer came, 413 where it is larger than we take. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body; empty where no answer came. Untrusted, at most 32 MiB. */
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly data: unknown;
  /** GitHub's own words, or what broke. */
  readonly said: string;
}

/** One GET of GitHub's API, redirects followed. Never throws: any answer is something to tell. */
export type AskGitHub = (path: string) => Promise<GitHubReply>;

const attempts = 3;
const pause = 1000;
const maximumBytes = 32 * 2 ** 20;

export function connectAsk(url: string, token: string): AskGitHub {
  const headers = {
    accept: "application/vnd.github+json",
    "user-agent": "longshore",
    ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
  };
  return async (path) => {
    try {
      const answer = await retry(
        async () => {
          const given = await sendRequest(`${url}${path}`, { headers, timeout: 20_000, maximumBytes });
          if (given.status >= 500) throw new Error(`it answered ${given.status}`);
          return given;
        },
        {
          attempts,
          delay: pause,
          isTransient: (error, attempt) =>
            !(error instanceof HttpRefusal) && !(attempt > 1 && error instanceof TooLate),
        },
      );
      const text = answer.body.toString();
      const data = parse(answer.body);
      return { status: answer.status, headers: answer.headers, text, data, said: messageIn(data) };
    } catch (error) {
      const said = showText(error instanceof Error ? error.message : String(error)).slice(0, 200);
      return { status: error instanceof TooLarge ? 413 : 0, headers: new Map(), text: "", data: undefined, said };
    }
  };
}

function parse(body: Uint8Array): unknown {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}
