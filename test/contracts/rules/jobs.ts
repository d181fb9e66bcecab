import { isScalar, type Pair, visit } from "yaml";
import type { ReadFile } from "../../../tools/workflows/workflow-files.ts";
import { type Job, jobsCalledBy, jobsOf, leavesOf, stepsOf } from "../../../tools/workflows/workflow-model.ts";
import type { Rule } from "./rule.ts";

export const jobsHaveTimeLimits: Rule = (workflow) =>
  jobsOf(workflow)
    .filter(([, job]) => job.uses === undefined && job["timeout-minutes"] === undefined)
    .map(([id]) => `Job ${id} has no timeout-minutes.`);

/** What reads or writes GitHub's cache: our builds, and actions/cache. */
const usesCache = (job: Job, read: ReadFile): boolean =>
  stepsOf(job).some(({ uses = "" }) => uses === "$/scripts/build-platform" || uses.startsWith("actions/cache@")) ||
  (job.uses !== undefined && jobsCalledBy(job, read).some((called) => usesCache(called, read)));

/**
 * A job that has no business with the shared cache says so. `none` is all that is ever said: `write` would override the read-only
 * default that GitHub gives to untrusted events. Callers' files are kept short: there GitHub's default holds.
 */
export const jobsHaveCacheMode: Rule = (workflow, read) =>
  jobsOf(workflow).flatMap(([id, job]) => {
    const mode = job["cache-mode"];
    if (mode !== undefined && mode !== "none") return [`Job ${id} has cache-mode: ${mode}; say none or nothing.`];
    if (workflow.kind === "example" || (mode === "none") !== usesCache(job, read)) return [];
    return [
      mode === "none" ? `Job ${id} uses the cache and has cache-mode: none.` : `Job ${id} has no cache-mode: none.`,
    ];
  });

/** A shell must never read an expression: what is in it would be code. */
export const noExpressionInRun: Rule = (workflow) =>
  jobsOf(workflow).flatMap(([id, job]) =>
    stepsOf(job)
      .filter((step) => step.run?.includes("${{"))
      .map((step) => `Job ${id} has an expression in \`run: ${step.run?.split("\n")[0]}\`: pass it by env.`),
  );

/**
 * Groups share one name space with the caller's: ours carry a prefix of their own, else a caller's group of the same name
 * deadlocks. In what products call, a pending run is never dropped and a running one never cancelled.
 */
export const concurrencyIsOurs: Rule = (workflow) =>
  [["The workflow", workflow] as const, ...jobsOf(workflow).map(([id, job]) => [`Job ${id}`, job] as const)].flatMap(
    ([where, { concurrency }]) => {
      if (concurrency === undefined || workflow.kind === "example") return [];
      const drops = concurrency.queue !== "max" || concurrency["cancel-in-progress"] !== false;
      return [
        ...(concurrency.group?.startsWith("longshore-")
          ? []
          : [`${where} has a concurrency group without the prefix longshore-.`]),
        ...(workflow.kind === "product" && drops
          ? [
              `${where} has a concurrency group that drops or cancels runs: say queue: max and cancel-in-progress: false.`,
            ]
          : []),
      ];
    },
  );

/** The jobs amd64 and arm64 differ by two values only: the platform (in `if` and in SELECT) and the runner's label. */
export const nativeJobsAreTwins: Rule = ({ jobs }) => {
  const { amd64, arm64 } = jobs ?? {};
  if (amd64 === undefined && arm64 === undefined) return [];
  const [one, other] = [leavesOf(amd64), leavesOf(arm64)];
  const allowed = ["if", "runs-on", "env.SELECT"];
  const differing = [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key));
  return [
    ...differing.filter((key) => !allowed.includes(key)).map((key) => `Jobs amd64 and arm64 differ in ${key}.`),
    ...Object.entries({ amd64, arm64 })
      .filter(([, job]) => job?.if !== `contains(inputs.platforms, '${job?.env?.SELECT}')`)
      .map(([id]) => `Job ${id} must be switched by the platform that it selects.`),
  ];
};

/** In a block (`>-`, `|`) GitHub makes a text of `${{ … }}` and what is around it, and every text is true. */
export const longConditionsArePlain: Rule = (workflow) => {
  const problems: string[] = [];
  visit(workflow.document, {
    Pair: (_key, { key, value }: Pair) => {
      if (!isScalar(key) || key.value !== "if" || !isScalar(value) || !value.type?.startsWith("BLOCK")) return;
      if (String(value.value).includes("${{"))
        problems.push(`A condition of several lines is always true: ${value.value}`);
    },
  });
  return problems;
};
