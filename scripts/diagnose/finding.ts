export interface Finding {
  /** What was looked at: `token`, `push`, `cache`, … */
  readonly check: string;
  readonly status: "ok" | "warn" | "fail";
  /** One sentence. */
  readonly detail: string;
  /** What to do, a sentence; empty where all is well. */
  readonly fix: string;
}

export function ok(check: string, detail: string): Finding {
  return { check, status: "ok", detail, fix: "" };
}

export function warn(check: string, detail: string, fix: string): Finding {
  return { check, status: "warn", detail, fix };
}

export function fail(check: string, detail: string, fix: string): Finding {
  return { check, status: "fail", detail, fix };
}
