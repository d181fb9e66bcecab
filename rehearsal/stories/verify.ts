import { callerFromExample } from "../examples.ts";
import type { KeyPair } from "../key-pair.ts";
import type { RunRecord } from "../runner/progress.ts";
import type { Stage } from "../stage.ts";
import { outputsOf } from "./checks.ts";
import { platforms } from "./fixture.ts";

const repository = "acme/app";
const workflow = ".github/workflows/verify.yml";

/** examples/verify.yml every morning: all is well, then a vulnerability becomes known, then it is known no more. */
export async function checkPublished(stage: Stage, key: KeyPair): Promise<void> {
  const { events, github, product } = stage;
  const head = await product.commit("main", "Check what is published", { [workflow]: await verifyCaller(stage, key) });
  const morning = () => events.schedule("41 5 * * *", head);
  const openIssues = () =>
    github
      .repository(repository)
      .issues()
      .filter(({ state }) => state === "open");

  await stage.chapter("the next morning what is published is checked, and scanned again", async (chapter) => {
    const run = await chapter.run(await morning(), { workflow });
    const { checked, healthy } = outputsOf(run, "verify-image")[0] ?? {};
    chapter.check(
      "both moving tags are well, their signatures too",
      { checked, healthy },
      { checked: "2", healthy: "true" },
    );
    chapter.check("each platform was scanned once", scanned(run), [...platforms].sort());
    chapter.check("nothing is left to say", [outputsOf(run, "add-scans")[0]?.problems, openIssues()], ["0", []]);
  });

  await stage.chapter("a vulnerability becomes known: one issue, closed when it is gone", async (chapter) => {
    stage.letScannerFind([{ id: "CVE-2026-4712", severity: "CRITICAL", package: "openssl", fixed: "3.5.3-1" }]);
    for (const _day of ["the first morning", "the second"]) {
      await chapter.run(await morning(), { workflow, fails: true });
    }
    const [issue, ...others] = openIssues();
    chapter.check("there is one issue", [issue?.title, others.length], ["Published images need attention", 0]);
    const told = ["CVE-2026-4712", "app:latest, main", "3.5.3-1"].filter((words) => !issue?.body.includes(words));
    chapter.check("it names the vulnerability, the tags and the fix", told, []);
    stage.letScannerFind([]);
    await chapter.run(await morning(), { workflow });
    chapter.check("it is closed", openIssues(), []);
  });
}

function scanned(run: RunRecord): readonly string[] {
  const [{ targets = "[]" } = {}] = outputsOf(run, "verify-image");
  return (JSON.parse(targets) as readonly { readonly platform: string }[]).map(({ platform }) => platform).sort();
}

async function verifyCaller({ host }: Stage, { publicKey }: KeyPair): Promise<string> {
  const caller = await callerFromExample("verify.yml", [
    ["max-age: 90d", `max-age: 90d\n      image: ${host}/${repository}`],
    ["signature: keyless # as ship.yml and sign.yml sign", "signature: key"],
  ]);
  const pem = publicKey
    .trim()
    .split("\n")
    .map((line) => `        ${line}`);
  return `${caller.trimEnd()}
      transparency-log: false
      cosign-public-key: |-
${pem.join("\n")}
`;
}
