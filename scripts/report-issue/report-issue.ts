import { GitHubError } from "../lib/github/error.ts";
import { type HealthReport, problemsOf, uncheckedOf } from "../lib/scans/health-report.ts";
import { formatBody, markerOf } from "./issue-body.ts";
import type { Issue, IssuesApi } from "./issues-api.ts";

export interface ReportOutcome {
  readonly outcome: "opened" | "updated" | "closed" | "none";
  readonly issue?: Issue;
}

/**
 * Brings the one issue in line with the report. It is known by its label, which strangers cannot give, and by the marker in its
 * text; should there be more than one, the oldest stays and the others are closed. What could not be checked opens none, and closes
 * none: it says nothing about the images.
 */
export async function reportIssue(
  report: HealthReport,
  { name, title, label }: { readonly name: string; readonly title: string; readonly label: string },
  issues: IssuesApi,
): Promise<ReportOutcome> {
  const find = async () => (await issues.listOpen(label)).filter(({ body }) => body.includes(markerOf(name)));
  const [issue, ...others] = await find();
  for (const other of others) await issues.change(other.number, { state: "closed" });
  if (problemsOf(report).length === 0) {
    if (issue === undefined || uncheckedOf(report).length > 0) return { outcome: "none" };
    await issues.change(issue.number, { state: "closed" });
    return { outcome: "closed", issue };
  }
  const text = { title, body: formatBody(report, name) };
  if (issue !== undefined) {
    await issues.change(issue.number, text);
    return { outcome: "updated", issue };
  }
  return { outcome: "opened", issue: await openOnce() };

  /** Where the answer was lost, the issue may be there all the same: it is looked for before it is opened again. */
  async function openOnce(): Promise<Issue> {
    try {
      return await issues.open(text, label);
    } catch (error) {
      if (!(error instanceof GitHubError) || (error.status !== 0 && error.status < 500)) throw error;
      return (await find())[0] ?? (await issues.open(text, label));
    }
  }
}
