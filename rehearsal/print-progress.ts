import type { Paint } from "./paint.ts";
import type { StoryProgress } from "./report.ts";
import type { Result } from "./runner/progress.ts";

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** How many lines of a step that failed are shown. */
const shownLines = 20;
/** Steps that took less are not named. */
const shownMilliseconds = 50;

/** Prints what happens as it happens: a line for each job that ends, its steps in it; on a terminal also what runs now. */
export function printProgress(output: Output, paint: Paint): (progress: StoryProgress) => void {
  const steps = new Map<string, string[]>();
  const lines = new Map<string, string[]>();
  const running = new Map<string, string>();
  const emulated = new Set<string>();
  const noticed = new Set<string>();
  let stories = 0;
  const clear = (): void => void (output.isTTY === true && output.write("\r\u001b[K"));
  const print = (text: string): void => {
    clear();
    output.write(`${text}\n`);
  };
  const showRunning = (): void => {
    if (output.isTTY !== true || running.size === 0) return;
    const text = `  … ${[...running].map(([job, step]) => `${job}: ${step}`).join(" | ")}`;
    output.write(`\r\u001b[K${paint.dim(text.slice(0, (output.columns ?? 80) - 1))}`);
  };
  return (progress) => {
    switch (progress.type) {
      case "story-started":
        if (stories > 0) print("");
        stories += 1;
        print(paint.bold(`${progress.name}: ${progress.title}`));
        break;
      case "preparing":
        print(paint.dim(`  preparing ${progress.text}`));
        break;
      case "chapter-started":
        print(`\n${paint.bold(`${progress.number}. ${progress.title}`)}`);
        break;
      case "check":
        print(
          progress.ok
            ? `  ${paint.good("✓")} ${progress.sentence}`
            : `  ${paint.bad("✗")} ${progress.sentence}: found ${progress.found}`,
        );
        break;
      case "job-started":
        if (progress.emulated) emulated.add(progress.job);
        running.set(progress.job, "starts");
        break;
      case "step-started":
        running.set(progress.job, progress.step);
        lines.set(`${progress.job} ${progress.step}`, []);
        break;
      case "line":
        lines.get(`${progress.job} ${progress.step}`)?.push(progress.text);
        break;
      case "step-ended": {
        const key = `${progress.job} ${progress.step}`;
        const text = `${progress.step} ${seconds(progress.ms)}`;
        const before = steps.get(progress.job) ?? [];
        if (progress.outcome === "failure") steps.set(progress.job, [...before, paint.bad(text)]);
        else if (progress.ms >= shownMilliseconds) steps.set(progress.job, [...before, text]);
        if (progress.outcome === "failure") {
          for (const line of lines.get(key)?.slice(-shownLines) ?? []) print(paint.dim(`      ${line}`));
        }
        lines.delete(key);
        break;
      }
      case "annotation": {
        // What is no news the second time.
        if (progress.level === "notice" && noticed.has(progress.message)) break;
        noticed.add(progress.message);
        const colour = { error: paint.bad, warning: paint.warn, notice: paint.dim }[progress.level];
        print(`    ${colour(progress.level)} ${progress.job}: ${progress.message.replaceAll("\n", " ")}`);
        break;
      }
      case "job-ended": {
        running.delete(progress.job);
        if (progress.result !== "skipped") {
          const where = emulated.has(progress.job) ? paint.dim(" (QEMU)") : "";
          const time = seconds(progress.ms).padStart(7);
          print(
            `  ${mark(progress.result, paint)} ${time}  ${progress.job}${where}  ${paint.dim((steps.get(progress.job) ?? []).join(", "))}`,
          );
        }
        steps.delete(progress.job);
        break;
      }
    }
    showRunning();
  };
}

/** `3.4 s` */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function mark(result: Result, paint: Paint): string {
  return result === "success" ? paint.good("●") : result === "skipped" ? paint.dim("○") : paint.bad("●");
}
