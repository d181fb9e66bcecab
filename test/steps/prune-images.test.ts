import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { GitHubDouble } from "../../doubles/github-double.ts";
import { goes, runPrune, start, startPopulated, stays } from "./prune-images-run.ts";
import { DOCKER, pushPlatform } from "./publish-index-run.ts";

let double: GitHubDouble;
beforeEach(async () => {
  double = await startPopulated();
});
afterEach(() => double.stop());

const there = () => double.registry.versions("acme/app").filter(({ deletedAt }) => deletedAt === undefined).length;

describe("prune-images", () => {
  test("removes what may go, tells it in outputs, summary and report", async () => {
    const run = await runPrune(double);
    expect(run.errors).toEqual([]);
    expect(run.exitCode).toBe(0);
    const { report: path, "reclaimed-bytes": bytes, ...counts } = run.outputs;
    expect(counts).toEqual({ planned: `${goes}`, removed: `${goes}`, kept: `${stays}`, failed: "0" });
    expect(Number(bytes)).toBeGreaterThan(0);
    expect(path).toMatch(/prune-report\.json$/u);
    expect(there()).toBe(stays);
    expect(Object.keys(double.registry.tags("acme/app"))).toEqual([
      ...["1.0.4", "1.0.5", "1.0.6", "1.0.7", "1.0.8", "1.0.9"],
      "pr-1-abc1230",
    ]);
    expect(run.report).toMatchObject({
      format: "longshore-prune-1",
      owner: "acme",
      ownerKind: "orgs",
      dryRun: false,
      facts: { openPullRequests: [1], branches: ["main"], defaultBranch: "main" },
      packages: [{ package: "app", ending: { kind: "done" } }],
    });
    const [{ remove, keep }] = run.report.packages;
    expect([remove.length, keep.length]).toEqual([goes, stays]);
    expect(remove[0]).toMatchObject({ tags: ["pr-2-abc1231"], outcome: "removed", class: "pull-request" });
    expect(remove[0].parts).toHaveLength(4);
    expect(run.summary).toContain("```mermaid\npie showData");
    expect(run.summary).toContain("`feature-gone-abc1234`");
    expect(run.summary).toMatch(/\| \*\*all\*\* \| 35 \| 15 \| 0 \| [\d.]+ k?B \|/u);
    expect(run.summary).toMatch(/\| pull-request \| \d+ \| [1-9]\d* \| 0 \| [1-9][\d.]* k?B \|/u);
  });

  test("asks once for each thing: one list, one read for each image, one deletion for each version", async () => {
    await runPrune(double);
    const count = (kind: string) => double.requests.filter((request) => request.kind === kind).length;
    expect(count("user")).toBe(1);
    expect(count("manifest-read") - double.requests.filter(({ status }) => status === 401).length).toBe(10);
    expect(count("package-version-delete")).toBe(goes);
    // The list, a look before the only batch, one after it.
    expect(count("package-versions")).toBeLessThanOrEqual(6);
    expect(count("pulls") + count("branches")).toBe(2);
  });

  test("changes nothing in a dry run, which needs no right to write", async () => {
    const run = await runPrune(double, { inputs: { "dry-run": "true", token: double.token({ packages: "read" }) } });
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ planned: `${goes}`, removed: "0", kept: `${stays}`, failed: "0" });
    expect(Number(run.outputs["reclaimed-bytes"])).toBeGreaterThan(0);
    expect(run.summary).toContain("nothing was changed");
    expect(there()).toBe(goes + stays);
    expect(double.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  test("works for a user's packages as for an organisation's", async () => {
    await double.stop();
    double = await startPopulated({ people: ["acme"] });
    const run = await runPrune(double);
    expect(run.outputs).toMatchObject({ removed: `${goes}` });
    expect(double.requests.some(({ path }) => path.startsWith("/users/acme/packages/container/app/"))).toBe(true);
  });

  test("removes only one pull request's images when told its number", async () => {
    const run = await runPrune(double, { inputs: { "pull-request": "2" } });
    expect(run.outputs).toMatchObject({ planned: "5", removed: "5" });
    expect(double.registry.tags("acme/app")).toHaveProperty("pr-3-abc1232");
  });

  test("measures all bytes when asked to, each layer once and shared ones not at all", async () => {
    const run = await runPrune(double, { inputs: { "measure-bytes": "true", "dry-run": "true" } });
    const [{ unmeasured, reclaimedBytes }] = run.report.packages;
    expect(unmeasured).toBe(0);
    // Of each of three images and two platforms the own layer and config; the base layer stays in use.
    expect(reclaimedBytes).toBeGreaterThan(6 * 5_004_000);
    expect(reclaimedBytes).toBeLessThan(6 * 5_104_000);
  });

  test("removes nothing where GitHub's list of branches lacks the default branch", async () => {
    double.inject({ match: { kind: "branches" }, action: { type: "answer", status: 200, body: [] }, times: 9 });
    const run = await runPrune(double);
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringContaining("without its default branch main")]);
    expect(double.requests.filter(({ kind }) => kind === "package-version-delete")).toEqual([]);
  });

  test("never prints the token, and masks it", async () => {
    const token = double.token({ deletesPackages: false });
    const run = await runPrune(double, { inputs: { token } });
    expect(run.exitCode).toBe(1);
    expect(run.masks).toEqual([token]);
    const said = [run.stdout.replace(`::add-mask::${token}`, ""), run.stderr, run.summary, run.reportText].join("\n");
    expect(said).not.toContain(token);
  });
});

describe("what is not to go", () => {
  const image = "acme/app";
  const day = 86_400_000;
  const at = (days: number) => new Date(start - days * day);
  const own = (more: Record<string, string> = {}) => ({ "dev.longshore.kind": "pull-request", ...more });
  const seed = (tag: string, days: number, annotations = {}) =>
    double.registry.seedImages(image, 1, () => ({ tags: [tag], createdAt: at(days), annotations }));
  const tags = () => Object.keys(double.registry.tags(image));
  const warnings = (run: { readonly stdout: string }) => run.stdout.match(/^::warning::.*$/gmu) ?? [];

  test("is an open pull request's or a branch's head, though another image is the newest", async () => {
    const repository = double.repository(image);
    const head = repository.addCommit({ sha: "abcdef0".padEnd(40, "1") });
    repository.setBranch("feature/live", head);
    repository.pushToPullRequest(1, head);
    const live = (sha: string) => ({
      "dev.longshore.kind": "feature",
      "dev.longshore.branch": "feature/live",
      "org.opencontainers.image.revision": sha.padEnd(40, "1"),
    });
    seed("pr-1-abcdef0", 10);
    seed("pr-1-bbbbbbb", 9);
    seed("feature-live-abcdef0", 30, live("abcdef0"));
    seed("feature-live-bbbbbbb", 29, live("bbbbbbb"));
    const run = await runPrune(double);
    expect(run.exitCode).toBe(0);
    // That of the population is older than both.
    expect(tags().filter((tag) => /^(?:pr|feature)/u.test(tag))).toEqual([
      ...["feature-live-abcdef0", "feature-live-bbbbbbb", "pr-1-abcdef0", "pr-1-bbbbbbb"],
    ]);
    expect(JSON.stringify(run.report.packages[0].remove)).toContain("neither the head's nor the newest");
  });

  test("is what another repository built, which is warned of once", async () => {
    const source = "https://github.com/acme/tools";
    for (const tag of ["pr-7-aaaaaaa", "pr-8-bbbbbbb"]) {
      seed(tag, 9, own({ "org.opencontainers.image.source": source }));
    }
    seed("pr-9-ccccccc", 9, own({ "org.opencontainers.image.source": "https://github.com/Acme/App.git/" }));
    seed("pr-9-ddddddd", 9, own({ "org.opencontainers.image.source": "https://ghe.example/Acme/App.git/" }));
    const run = await runPrune(double);
    expect(tags()).toEqual(expect.arrayContaining(["pr-7-aaaaaaa", "pr-8-bbbbbbb", "pr-9-ddddddd"]));
    expect(tags()).not.toContain("pr-9-ccccccc");
    expect(warnings(run)).toEqual([
      expect.stringMatching(
        /3 images say that they are of another repository \((?:acme\/tools|ghe\.example\/Acme\/App|, ){3}\).*`repository`/u,
      ),
    ]);
    const kept = run.report.packages[0].keep.filter((item: { rule: string }) => item.rule === "other-repository");
    expect(kept).toHaveLength(3);
    // What is this server's, and no other's, is told by the run.
    await runPrune(double, { env: { GITHUB_SERVER_URL: "https://ghe.example" } });
    expect(tags()).not.toContain("pr-9-ddddddd");
  });

  test("is what another repository built with Docker's media types, which have labels and no annotations", async () => {
    const seedDocker = async (tag: string, labels: Readonly<Record<string, string>>) => {
      const { manifest } = await pushPlatform(double, image, { docker: true, labels, seed: tag });
      const [mediaType, platform] = [DOCKER.manifest, { os: "linux", architecture: "amd64" }];
      const manifests = [{ mediaType, digest: manifest, size: 1, platform }];
      double.registry.putManifest(image, { schemaVersion: 2, mediaType: DOCKER.index, manifests }, [tag], {
        createdAt: at(40),
      });
    };
    const source = "org.opencontainers.image.source";
    await seedDocker("pr-41-abc9999", own({ [source]: "https://github.com/acme/other" }));
    await seedDocker("pr-42-abc9999", own({ [source]: "https://github.com/acme/app" }));
    const branch = { "dev.longshore.kind": "feature", [source]: "https://github.com/acme/app" };
    await seedDocker("gone-abc9999", { ...branch, "dev.longshore.branch": "gone" });
    const folder = await mkdtemp(join(tmpdir(), "prune-labels-"));
    try {
      const inputs = { "cache-folder": folder };
      for (const blobs of [3, 0]) {
        double.clearRequests();
        await runPrune(double, { inputs: { ...inputs, "dry-run": "true" } });
        expect(double.requests.filter(({ kind, status }) => kind === "blob-read" && status === 200)).toHaveLength(
          blobs,
        );
      }
      const run = await runPrune(double, { inputs });
      expect(tags().filter((tag) => tag.endsWith("abc9999"))).toEqual(["pr-41-abc9999"]);
      expect(warnings(run)).toEqual([expect.stringMatching(/another repository \(acme\/other\)/u)]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("is an image whose labels cannot be read", async () => {
    const { manifest } = await pushPlatform(double, image, { docker: true, labels: own() });
    double.registry.tag(image, "pr-41-abc9999", manifest);
    double.inject({ match: { kind: "blob-read" }, action: { type: "answer", status: 404, body: {} } });
    await runPrune(double, { env: { SOURCE_DATE_EPOCH: String((start + 40 * day) / 1000) } });
    expect(tags()).toContain("pr-41-abc9999");
  });

  test("is the signature of an image elsewhere; one of an image that was deleted here goes", async () => {
    const signature = (digest: string, note: string) =>
      double.registry.putManifest(
        image,
        {
          schemaVersion: 2,
          mediaType: "application/vnd.oci.image.index.v1+json",
          manifests: [],
          annotations: { note },
        },
        [`${digest.replace(":", "-")}.sig`],
        { createdAt: at(9) },
      );
    const [deleted = ""] = seed("old", 9);
    double.registry.removeVersion(image, deleted);
    signature(deleted, "ours");
    signature(`sha256:${"0".repeat(64)}`, "theirs");
    await runPrune(double);
    expect(tags().filter((tag) => tag.startsWith("sha256-"))).toEqual([`sha256-${"0".repeat(64)}.sig`]);
  });

  test("and stays where GitHub does not list the deleted versions, which is said", async () => {
    double.registry.putManifest(
      image,
      { schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests: [] },
      [`sha256-${"0".repeat(64)}.sig`],
      { createdAt: at(9) },
    );
    double.inject({
      match: { path: "state=deleted" },
      action: { type: "answer", status: 403, body: { message: "Forbidden" } },
    });
    const run = await runPrune(double, { inputs: { "dry-run": "true" } });
    expect(warnings(run)).toEqual([expect.stringMatching(/cannot be told.*\(403\).*by hand/u)]);
    expect(run.outputs).toMatchObject({ planned: `${goes}` });
  });
});

describe("when a pull request closes", () => {
  test("its images go with all their parts: enough others stay, and parts wait for no grace", async () => {
    const day = 86_400_000;
    double.registry.seedImages("acme/app", 4, (index) => ({
      tags: [`pr-12-${`${index}`.repeat(7)}`],
      createdAt: new Date(start - 3 * 3_600_000 - index * 60_000),
    }));
    double.registry.seedImages("acme/app", 10, (index) => ({
      tags: [`2.0.${index}`],
      createdAt: new Date(start - 90 * day),
    }));
    const run = await runPrune(double, { inputs: { "pull-request": "12", "pull-request-max-age": "1h" } });
    expect(run.outputs).toMatchObject({ planned: "20", removed: "20" });
  });
});

describe("the cache of manifests", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "longshore-cache-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const dryRun = () => runPrune(double, { inputs: { "cache-folder": folder, "dry-run": "true" } });
  const reads = () => double.requests.filter(({ kind, status }) => kind === "manifest-read" && status === 200).length;
  const file = () => join(folder, readdirSync(folder)[0] ?? "");

  test("spares all reads but those of new images", async () => {
    await dryRun();
    expect(reads()).toBe(10);
    expect(readdirSync(folder)).toHaveLength(1);
    double.clearRequests();
    const again = await dryRun();
    expect(reads()).toBe(0);
    expect(again.outputs).toMatchObject({ planned: `${goes}`, kept: `${stays}` });
    double.registry.seedImages("acme/app", 2, (index) => ({ tags: [`2.0.${index}`] }));
    await dryRun();
    expect(reads()).toBe(2);
  });

  const linesOf = (text: string) => text.split("\n").filter((line) => line !== "");

  test("is not believed: what does not fit its digest is told and read anew, and the plan is the same", async () => {
    await dryRun();
    const text = readFileSync(file(), "utf8");
    const first = linesOf(text)[0] ?? "";
    const another = linesOf(text)[1] ?? "";
    const changes: readonly (readonly [string, string | Buffer, number])[] = [
      ["its children left out", text.replaceAll(/"manifests":\s*\[.*?\](?=[,}])/gsu, '"manifests":[]'), 10],
      ["another child named", text.replace("sha256:", "sha256;"), 1],
      ["another's content under its digest", text.replace(first, `${first.slice(0, 65)}${another.slice(65)}`), 1],
      ["torn off", text.slice(0, -40), 1],
      ["no JSON", text.replace(first, `${first.slice(0, 65)}{`), 1],
      ["a JSON null", text.replace(first, `${first.slice(0, 65)}null`), 1],
      ["a line that is too long", `${text.replace(first, first + " ".repeat(5_000_000))}`, 1],
      ["garbage", "\u0000\u0001garbage", 10],
    ];
    for (const [name, changed, expected] of changes) {
      writeFileSync(file(), changed);
      double.clearRequests();
      const run = await dryRun();
      expect([name, run.errors, run.outputs]).toMatchObject([name, [], { planned: `${goes}`, kept: `${stays}` }]);
      expect([name, reads()]).toEqual([name, expected]);
      expect([name, run.warnings.join()]).toEqual([name, expect.stringContaining("read anew from the registry")]);
      expect(linesOf(readFileSync(file(), "utf8")).sort()).toEqual(linesOf(text).sort());
    }
    writeFileSync(file(), `${text}\n${"0".repeat(64)} {}\n\n${text}`);
    expect((await dryRun()).warnings).toEqual([]);
    expect(linesOf(readFileSync(file(), "utf8")).sort()).toEqual(linesOf(text).sort());
  });

  test("that is larger than any that a prune writes is not read, and takes no memory", async () => {
    await dryRun();
    const { size } = statSync(file());
    truncateSync(file(), 600_000_000); // a line of 600 MB
    double.clearRequests();
    const run = await dryRun();
    expect([run.errors, run.outputs.planned, reads()]).toEqual([[], `${goes}`, 10]);
    expect(run.warnings).toEqual([expect.stringContaining("larger than any that a prune writes")]);
    expect(run.report.figures.peakMemoryBytes).toBeLessThan(200_000_000);
    expect(statSync(file()).size).toBe(size);
  });

  test("is a folder, or cannot be written: nothing but a warning", async () => {
    await dryRun();
    const path = file();
    rmSync(path);
    mkdirSync(path);
    const run = await dryRun();
    expect([run.errors, run.outputs.planned, run.warnings.length]).toEqual([[], `${goes}`, 1]);
    const inputs = { "cache-folder": join(path, "below-a-file"), "dry-run": "true" };
    const unwritable = await runPrune(double, { inputs });
    expect([unwritable.errors, unwritable.outputs.planned]).toEqual([[], `${goes}`]);
    expect(unwritable.warnings.join()).toContain("could not be kept for the next run");
  });

  test("forgets what is gone from the package where it is a good part", async () => {
    await dryRun();
    for (const tag of ["1.0.4", "1.0.5", "1.0.6"]) double.registry.removeVersion("acme/app", tag);
    // Their parts belong to no index now, so they are read.
    await dryRun();
    expect(linesOf(readFileSync(file(), "utf8"))).toHaveLength(7 + 12);
  });
});

describe("several packages", () => {
  beforeEach(() => {
    for (const name of ["acme/app/api", "acme/app-ui", "acme/other"]) {
      double.registry.seedImages(name, 8, (index) => ({
        tags: index === 0 ? ["pr-9-abc1234"] : [`1.0.${index}`],
        createdAt: new Date("2026-01-01T00:00:00Z"),
      }));
    }
  });

  test("are pruned one after the other", async () => {
    const run = await runPrune(double, { inputs: { package: "app, app/api\nother" } });
    expect(run.errors).toEqual([]);
    expect(run.outputs).toMatchObject({ removed: `${goes + 10}` });
    expect(run.report.packages.map((each: { package: string }) => each.package)).toEqual(["app", "app/api", "other"]);
  });

  test("are found by a pattern where the token may list them", async () => {
    const token = double.token({ type: "personal", requestsPerHour: 5000 });
    const run = await runPrune(double, { inputs: { package: "app*", token, "dry-run": "true" } });
    expect(run.errors).toEqual([]);
    const names = run.report.packages.map((each: { package: string }) => each.package);
    expect(names.sort()).toEqual(["app", "app-ui", "app/api"]);
  });

  test("cannot be found with a workflow's token, which is said", async () => {
    const run = await runPrune(double, { inputs: { package: "app*" } });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(/cannot list the packages of acme.*classic personal token/u)]);
  });

  test("of which one does not exist: the others are pruned, and the run fails with its name", async () => {
    const run = await runPrune(double, { inputs: { package: "nothing\nother" } });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringContaining("acme/nothing")]);
    expect(run.outputs).toMatchObject({ removed: "5" });
  });
});

describe("wrong inputs end the step before anything is asked", () => {
  test.each([
    ["pull-request-max-age", "2y"],
    ["pull-request-max-age", "24"],
    ["feature-max-age", "-1d"],
    ["feature-max-age", "forever"],
    ["untagged-grace", "1.5h"],
    ["keep-default-branch", "all"],
    ["minimum-kept", "-1"],
    ["minimum-kept", "five"],
    ["pull-request", "0"],
    ["dry-run", "yes"],
    ["trust-tag-names", "1"],
    ["measure-bytes", "maybe"],
    ["deletes-per-minute", "500"],
    ["deletes-per-minute", "0"],
    ["wait-minutes", "a while"],
    ["package", "App Store"],
    ["package", "../x"],
    ["owner", "acme/app"],
    ["repository", "app"],
    ["registry", "http://ghcr.io"],
    ["registry", "ghcr.io/acme"],
    ["suffixes", "bad suffix"],
  ])("%s: %s", async (name, value) => {
    const run = await runPrune(double, { inputs: { [name]: value } });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toHaveLength(1);
    expect(run.errors[0]).toContain(name);
    expect(run.errors[0]).toContain(value);
    expect(double.requests).toEqual([]);
  });
});

describe("from a terminal", () => {
  const env = () => ({ GITHUB_ACTIONS: undefined, INPUT_TOKEN: undefined, GITHUB_TOKEN: double.token() });
  const args = () => ["--owner", "acme", "--package=app", "--repository", "acme/app", "--registry", double.url];

  test("it only plans", async () => {
    const run = await runPrune(double, { args: args(), env: env() });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain("would go");
    expect(there()).toBe(goes + stays);
  });

  test("it acts with --apply, or --dry-run false", async () => {
    const run = await runPrune(double, { args: [...args(), "--pull-request", "2", "--apply"], env: env() });
    expect(run.exitCode).toBe(0);
    expect(there()).toBe(goes + stays - 5);
    await runPrune(double, { args: [...args(), "--dry-run", "false"], env: env() });
    expect(there()).toBe(stays);
  });

  test("it explains itself", async () => {
    const run = await runPrune(double, { args: ["--help"] });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain("--minimum-kept");
    expect(run.stdout).toContain("--apply");
  });

  test.each([
    [["--token", "x"], /GITHUB_TOKEN or GH_TOKEN/u],
    [["--everything"], /--everything.*--help/u],
    [["--owner"], /--owner.*no value/u],
    [["acme"], /acme.*--help/u],
  ])("it refuses %j", async (wrong, message) => {
    const run = await runPrune(double, { args: wrong as string[], env: env() });
    expect(run.exitCode).toBe(1);
    expect(run.errors[0]).toMatch(message as RegExp);
    expect(double.requests).toEqual([]);
  });
});

describe("a cancelled run", () => {
  test("ends cleanly: what went is reported, the rest is for the next run", async () => {
    let deletions = 0;
    const run = await runPrune(double, {
      inputs: { "deletes-per-minute": "30" },
      onStart: (child) => {
        double.onRequest(({ kind, when }) => {
          if (kind !== "package-version-delete" || when !== "after") return;
          deletions += 1;
          if (deletions === 4) child.kill("SIGTERM");
        });
      },
    });
    expect(run.exitCode).toBe(0);
    const removed = Number(run.outputs.removed);
    expect(removed).toBeGreaterThanOrEqual(4);
    expect(removed).toBeLessThan(goes);
    expect(there()).toBe(goes + stays - removed);
    expect(run.warnings).toEqual([expect.stringMatching(/stopped.*cancelled.*left for the next run/u)]);
    expect((await runPrune(double)).outputs).toMatchObject({ removed: `${goes - removed}` });
  });

  test("that is killed leaves a report of its plan, and a package without a broken tag", async () => {
    const run = await runPrune(double, {
      onStart: (child) => {
        double.onRequest(({ kind, when }) => {
          if (kind === "package-version-delete" && when === "after") child.kill("SIGKILL");
        });
      },
    });
    expect(run.exitCode).toBe(null);
    expect(run.report.packages[0].remove).toHaveLength(goes);
    expect(run.report.packages[0].ending).toMatchObject({ kind: "stopped" });
    const after = await runPrune(double);
    expect(there()).toBe(stays);
    expect(after.exitCode).toBe(0);
  });
});
