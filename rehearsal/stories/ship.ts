import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDebianRegistry } from "../engine/debian-registry.ts";
import { capture } from "../engine/run-command.ts";
import { callerFromExample } from "../examples.ts";
import { type KeyPair, makeKeyPair } from "../key-pair.ts";
import { readRegistry } from "../registry-reader.ts";
import type { RunRecord } from "../runner/progress.ts";
import type { Stage } from "../stage.ts";
import { checkImage, checkRuns, outputsOf, partsOf } from "./checks.ts";
import { dockerfile, platforms, short, spoken } from "./fixture.ts";
import { checkSaid, playShipFailures } from "./ship-failures.ts";
import type { Story } from "./story.ts";
import { checkPublished } from "./verify.ts";

const repository = "acme/app";
const newOnly = ".github/workflows/new-only.yml";
const unsigned = ".github/workflows/unsigned.yml";

/**
 * Everything between a build and its moving tags: smoke tests on both platforms, the gate on recorded scanner reports, real signatures
 * with a key; what is published checked and scanned again every morning; then the same digest in a second registry, found by a downstream
 * workflow.
 */
export const ship: Story = {
  name: "ship",
  title: "what was tested, scanned and signed is what gets the name, and what is promoted",
  repositories: [repository],
  files: async (host, base) => ({
    Dockerfile: dockerfile(base),
    message: "first",
    ".github/workflows/image.yml": await shipCaller(host),
    [newOnly]: await shipCaller(host, "new-only: true"),
    [unsigned]: await shipCaller(host, "sign: false"),
    ".github/workflows/test.yml": await testCaller(host),
  }),
  play,
};

/** examples/ship.yml with more inputs, and signatures by a key: keyless ones need GitHub. The smoke test does not like one word. */
async function shipCaller(host: string, ...inputs: readonly string[]): Promise<string> {
  const caller = await callerFromExample("ship.yml", [
    ["smoke-test: app --version # a command of your image", `smoke-test: sh -c '! /bin/grep broken /message'`],
  ]);
  const given = [`image: ${host}/${repository}`, "transparency-log: false", ...inputs];
  return `${caller.trimEnd()}
      ${given.join("\n      ")}
    secrets:
      cosign-key: \${{ secrets.COSIGN_KEY }}
      cosign-password: \${{ secrets.COSIGN_PASSWORD }}
`;
}

/** examples/find-image.yml: what a downstream workflow runs on the image that it finds. */
function testCaller(host: string): Promise<string> {
  return callerFromExample("find-image.yml", [
    ["scripts/log-in@v1", `scripts/log-in@v1\n        with:\n          images: ${host}/${repository}`],
    ["wait: 20m", `wait: 1m\n          image: ${host}/${repository}`],
    [`docker run --rm "$IMAGE" --version`, `docker run --rm "$IMAGE"`],
    ["  pull_request:", "  pull_request:\n  push:"],
  ]);
}

async function play(stage: Stage): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "longshore-ship-"));
  const key = await makeKeyPair("a password of the rehearsal");
  await writeFile(join(folder, "cosign.pub"), key.publicKey);
  try {
    await playChapters(stage, key, (reference) => verifies(reference, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function playChapters(
  stage: Stage,
  key: KeyPair,
  isSigned: (reference: string) => Promise<boolean>,
): Promise<void> {
  const { product, events, registry } = stage;
  const secrets = { COSIGN_KEY: key.privateKey, COSIGN_PASSWORD: key.password };
  const reference = (digest: string) => `${stage.host}/${repository}@${digest}`;

  await stage.chapter("a pull request is shipped, and tested downstream", async (chapter) => {
    const base = await product.head("main");
    const head = await product.commit("feature", "Try it", { message: "tried" });
    const about = { action: "opened", number: 7, title: "Try it", branch: "feature", head, base } as const;
    const run = await chapter.run(await events.pullRequest(about), { secrets });
    const tag = `pr-7-${short(head)}`;
    await checkImage(stage, chapter, repository, [tag], head);
    const digest = (await registry.tags(repository))[tag] ?? "";
    chapter.check("both platforms were smoke-tested where they were built", smokeTested(run), [...platforms].sort());
    chapter.check("nobody has reviewed it, so it is not signed", await isSigned(reference(digest)), false);
    checkSaid(chapter, run, { scan: "has", signature: "has-not", attestation: "has-not" });
    chapter.check("no moving tag exists", await movingTags(stage), {});
    const tested = await chapter.run(await events.pullRequest({ ...about, action: "synchronize" }), {
      workflow: ".github/workflows/test.yml",
    });
    chapter.check("the workflow downstream found that very image", foundBy(tested), reference(digest));
  });

  const revision = await product.commit("main", "Ship it", { message: "shipped" });
  let shipped = "";
  await stage.chapter("a push to main: tested, scanned, signed, and only then named", async (chapter) => {
    const run = await chapter.run(await events.push("main", revision), { secrets });
    await checkImage(stage, chapter, repository, [`main-${short(revision)}`, "main", "latest"], revision);
    await checkRuns(stage, chapter, repository, "main", "shipped");
    shipped = (await registry.tags(repository)).main ?? "";
    const image = await registry.image(repository, "main");
    const signed = [shipped, ...Object.values(image?.manifests ?? {})];
    const found = await Promise.all(signed.map((digest) => isSigned(reference(digest))));
    chapter.check("the index and both platforms are signed with the key", found, [true, true, true]);
    chapter.check("the summary says what it has", partsOf(run), {
      ...{ image: "has", "immutable tags": "has", "smoke test": "has", scan: "has", SBOM: "has", signature: "has" },
      ...{ attestation: "has-not", "moving tags": "has" },
    });
  });

  await stage.chapter("the same commit again, with new-only, when a vulnerability became known", async (chapter) => {
    stage.letScannerFind([{ id: "CVE-2026-4710", severity: "CRITICAL", package: "openssl", fixed: "3.5.2-1" }]);
    const run = await chapter.run(await events.push("main", revision), { secrets, workflow: newOnly });
    stage.letScannerFind([]);
    chapter.check(
      "the scan lets it pass: main has it too",
      [partsOf(run).scan, partsOf(run)["moving tags"]],
      ["has", "has"],
    );
    chapter.check("main is what it was", (await registry.tags(repository)).main, shipped);
  });

  await playShipFailures(stage, { repository, unsigned, secrets, shipped, isSigned });

  await stage.chapter("a pull request of a fork: an archive, tested like any image", async (chapter) => {
    const before = await registry.tags(repository);
    const base = await product.head("main");
    const head = await product.commitInFork(8, "Help out", { message: "helped" }, base);
    const about = { action: "opened", number: 8, title: "Help out", branch: "patch-1", head, base } as const;
    const run = await chapter.run(await events.pullRequest({ ...about, fork: "stranger/app" }));
    chapter.check("both archives were smoke-tested", smokeTested(run), [...platforms].sort());
    const { image, "smoke test": smoke, signature } = partsOf(run);
    chapter.check(
      "the summary says what it has not",
      { image, smoke, signature },
      {
        ...{ image: "has", smoke: "has", signature: "has-not" },
      },
    );
    chapter.check("nothing has a new name", await registry.tags(repository), before);
  });

  await checkPublished(stage, key);
  await promoteElsewhere(stage, { revision, shipped, isSigned });
}

/** The digest that was shipped, byte for byte in a second registry, and found there. */
async function promoteElsewhere(
  stage: Stage,
  {
    revision,
    shipped,
    isSigned,
  }: {
    readonly revision: string;
    readonly shipped: string;
    readonly isSigned: (reference: string) => Promise<boolean>;
  },
): Promise<void> {
  const { product, events } = stage;
  const second = await startDebianRegistry();
  try {
    const target = `${second.host}/${repository}`;
    const promote = await callerFromExample("promote.yml", []);
    const head = await product.commit("main", "Promote elsewhere", {
      message: "fixed",
      ".github/workflows/promote.yml": `${promote.trimEnd()}\n      target: ${target}\n`,
      ".github/workflows/test.yml": await testCaller(second.host),
    });
    await stage.chapter("the shipped digest is promoted to a second registry, and found there", async (chapter) => {
      const inputs = {
        source: `${stage.host}/${repository}@${shipped}`,
        tags: `main-${short(revision)},production`,
        ...{ "allow-backward": "false", reason: "" },
      };
      await chapter.run(await events.dispatch(inputs, head), { workflow: ".github/workflows/promote.yml" });
      const tags = await readRegistry(second.host).tags(repository);
      chapter.check("production is that digest", tags.production, shipped);
      chapter.check("its signature came along", await isSigned(`${target}@${shipped}`), true);
      const tested = await chapter.run(await events.push("main", revision), { workflow: ".github/workflows/test.yml" });
      chapter.check("a workflow downstream finds it there", foundBy(tested), `${target}@${shipped}`);
      const printed = await stage.runImage(`${target}:production`, "linux/arm64");
      chapter.check("it runs from there", printed, spoken("linux/arm64", "shipped"));
    });
  } finally {
    await second.stop();
  }
}

/** Whether `cosign verify` with the public key says yes, as a consumer runs it. */
async function verifies(reference: string, folder: string): Promise<boolean> {
  const key = ["--key", join(folder, "cosign.pub"), "--insecure-ignore-tlog=true"];
  return capture("cosign", ["verify", ...key, reference]).then(
    () => true,
    () => false,
  );
}

function smokeTested(run: RunRecord): readonly string[] {
  return outputsOf(run, "smoke-test")
    .flatMap(({ result = "[]" }) => JSON.parse(result) as readonly { readonly platform: string }[])
    .map(({ platform }) => platform)
    .sort();
}

function foundBy(run: RunRecord): string {
  return outputsOf(run, "find-image")[0]?.reference ?? "";
}

async function movingTags(stage: Stage): Promise<Readonly<Record<string, string>>> {
  const tags = await stage.registry.tags(repository);
  return Object.fromEntries(Object.entries(tags).filter(([tag]) => tag === "main" || tag === "latest"));
}
