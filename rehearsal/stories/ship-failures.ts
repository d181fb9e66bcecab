import type { RunRecord } from "../runner/progress.ts";
import type { Chapter, Stage } from "../stage.ts";
import { checkImage, partsOf } from "./checks.ts";
import { platforms, short } from "./fixture.ts";

/** What was shipped, and how. */
interface Shipped {
  readonly repository: string;
  /** Path of a workflow that ships without a signature. */
  readonly unsigned: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** The digest that `main` and `latest` name. */
  readonly shipped: string;
  readonly isSigned: (reference: string) => Promise<boolean>;
}

const critical = { id: "CVE-2026-4711", severity: "CRITICAL", package: "openssl", fixed: "3.5.2-1" } as const;

/** Pushes to main that one part stops: the image is there by its immutable tag, and `main` and `latest` stay where they are. */
export async function playShipFailures(stage: Stage, about: Shipped): Promise<void> {
  const { product, events, registry } = stage;
  const { repository, unsigned, secrets } = about;

  await stage.chapter("a push to main in which the scan finds a CRITICAL", async (chapter) => {
    stage.letScannerFind([critical]);
    const flawed = await product.commit("main", "Bring a flaw", { message: "flawed" });
    const run = await chapter.run(await events.push("main", flawed), { secrets, fails: true });
    stage.letScannerFind([]);
    await checkStopped(stage, chapter, about, flawed);
    checkSaid(chapter, run, { scan: "failed", signature: "has-not", "moving tags": "has-not" });
  });

  await stage.chapter("a CRITICAL where no signature is asked for", async (chapter) => {
    stage.letScannerFind([critical]);
    const flawed = await product.commit("main", "Do not sign", { message: "unsigned" });
    const run = await chapter.run(await events.push("main", flawed), { secrets, workflow: unsigned, fails: true });
    stage.letScannerFind([]);
    await checkStopped(stage, chapter, about, flawed);
    checkSaid(chapter, run, { scan: "failed", signature: "has-not", "moving tags": "has-not" });
  });

  await stage.chapter("a push to main that cannot be signed: the password of the key is wrong", async (chapter) => {
    const revision = await product.commit("main", "Forget the password", { message: "forgotten" });
    const wrong = { ...secrets, COSIGN_PASSWORD: "not the password" };
    const run = await chapter.run(await events.push("main", revision), { secrets: wrong, fails: true });
    await checkStopped(stage, chapter, about, revision);
    checkSaid(chapter, run, { scan: "has", signature: "failed", "moving tags": "has-not" });
  });

  await stage.chapter("a push to main that fails its smoke test", async (chapter) => {
    const before = await registry.tags(repository);
    const broken = await product.commit("main", "Break it", { message: "broken" });
    const run = await chapter.run(await events.push("main", broken), { secrets, fails: true });
    const errors = run.annotations.filter(({ level }) => level === "error").map(({ message }) => message);
    const named = platforms.filter((platform) => errors.some((error) => error.includes(`failed on ${platform}: `)));
    chapter.check("the errors name the platforms", named, [...platforms]);
    chapter.check("nothing has a new name", await registry.tags(repository), before);
  });
}

/** That the image of this revision is there by its immutable tag alone, not signed, and no moving tag has left what was shipped. */
async function checkStopped(stage: Stage, chapter: Chapter, about: Shipped, revision: string): Promise<void> {
  const { repository, shipped, isSigned } = about;
  const tag = `main-${short(revision)}`;
  const tags = await stage.registry.tags(repository);
  await checkImage(stage, chapter, repository, [tag], revision);
  chapter.check("main and latest stay", [tags.main, tags.latest], [shipped, shipped]);
  chapter.check("it is not signed", await isSigned(`${stage.host}/${repository}@${tags[tag]}`), false);
}

export function checkSaid(chapter: Chapter, run: RunRecord, expected: Readonly<Record<string, string>>): void {
  const parts = partsOf(run);
  const said = Object.fromEntries(Object.keys(expected).map((part) => [part, parts[part]]));
  chapter.check("the summary says so", said, expected);
}
