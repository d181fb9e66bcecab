import type { PlannedTag } from "@longshore/tagging";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Fault, FaultAction } from "../../doubles/fault.ts";
import { ghcrFaults } from "../../doubles/ghcr-faults.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import {
  type PromoteOptions,
  putImage,
  putReferrer,
  putSignature,
  runPromoteImage,
  sha256,
} from "./promote-image-run.ts";
import { annotationsOf, moving, planOfMain } from "./publish-index-run.ts";

let github: GitHubDouble;
/** A second registry, as Docker Hub is to GHCR. */
let other: GitHubDouble;
let injected: ReturnType<GitHubDouble["inject"]>[] = [];
let count = 0;
beforeAll(async () => {
  [github, other] = await Promise.all([startGitHubDouble(), startGitHubDouble()]);
});
afterAll(() => Promise.all([github.stop(), other.stop()]));
afterEach(() => {
  for (const fault of injected) fault.remove();
  injected = [];
});

function inject(where: GitHubDouble, fault: Fault): ReturnType<GitHubDouble["inject"]> {
  const struck = where.inject(fault);
  injected.push(struck);
  return struck;
}

/** A repository of its own, of code and of images, with a line of commits, oldest first. */
function newProject() {
  count += 1;
  const path = `acme/promoted${count}`;
  const repository = github.repository(path);
  const line: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    line.push(repository.addCommit({ parents: line.slice(-1), message: `${path} ${index}` }));
  }
  const [first = "", second = "", third = ""] = line;
  const image = `${github.host}/${path}`;
  const run = (inputs: Readonly<Record<string, string>>, options: Partial<PromoteOptions> = {}) =>
    runPromoteImage({ github, others: [other], repository: path, inputs, ...options });
  return { path, image, first, second, third, run, tags: () => github.registry.tags(path) };
}

/** Digests of what an index names. */
function childrenOf(path: string, digest: string): readonly string[] {
  const { manifests = [] } = (github.registry.manifest(path, digest)?.content ?? {}) as {
    manifests?: { digest: string }[];
  };
  return manifests.map((child) => child.digest);
}

const unknown = `sha256:${"7".repeat(64)}`;

describe("bad input gets one sentence, and nothing is asked", () => {
  const digest = `sha256:${"1".repeat(64)}`;
  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["nothing at all", {}, /`plan` and `source` are both missing/],
    ["a plan and a source", { plan: "{}", source: "ghcr.io/acme/app:1" }, /are both given/],
    ["a plan that is not JSON", { plan: "plan" }, /JSON/],
    ["a source that is no reference", { source: "ghcr.io/Acme/ap p:1" }, /ap p/],
    ["a source with two digests", { source: `ghcr.io/acme/app@${digest}@${digest}` }, /more than one `@`/],
    ["a source with a malformed digest", { source: "ghcr.io/acme/app@sha256:12", tags: "x" }, /not a digest/],
    ["a source with a bad tag", { source: "ghcr.io/acme/app:$(touch x)", tags: "x" }, /where its tag should be/],
    ["a digest without a name", { source: `ghcr.io/acme/app@${digest}` }, /`tags` is missing/],
    ["a digest beside a source", { source: "ghcr.io/acme/app:1", digest }, /`digest` goes with `plan`/],
    ["a tag that is none", { source: "ghcr.io/acme/app:1", tags: "ok,`id`" }, /holds "`id`"/],
    ["a tag of 300 characters", { source: "ghcr.io/acme/app:1", tags: "a".repeat(300) }, /at most 128/],
    [
      "a tag of signatures",
      { source: "ghcr.io/acme/app:1", tags: `sha256-${"a".repeat(64)}.sig` },
      /kept for signatures/,
    ],
    ["a tag of build caches", { source: "ghcr.io/acme/app:1", tags: "cache-linux-amd64-main" }, /kept for signatures/],
    ["a target with a tag", { source: "ghcr.io/acme/app:1", target: "ghcr.io/acme/b:1" }, /holds a tag/],
    ["a target over http", { source: "ghcr.io/acme/app:1", target: "http://example.org/b" }, /http/],
    ["a repository without tags", { source: "docker.io/acme/app", target: "ghcr.io/acme/app" }, /name the image/],
    ["a repository into itself", { source: "ghcr.io/acme/app", tags: "*" }, /source ghcr.io\/acme\/app itself/],
    ["a pattern that is none", { source: "docker.io/a/b", target: "ghcr.io/a/b", tags: "[0-9]" }, /patterns such as/],
    ["a way back without a reason", { source: "ghcr.io/acme/app:1", "allow-backward": "true" }, /`reason` is missing/],
    ["an unknown switch", { source: "ghcr.io/acme/app:1", "allow-backward": "yes" }, /`allow-backward` is "yes"/],
    ["no attempts", { source: "ghcr.io/acme/app:1", attempts: "0" }, /`attempts` is "0"/],
    ["an unknown duration", { source: "ghcr.io/acme/app:1", "retry-delay": "soon" }, /`retry-delay` is "soon"/],
  ])("%s", async (_, inputs, sentence) => {
    github.clearRequests();
    const run = await runPromoteImage({ github, inputs });
    expect(run).toMatchObject({ exitCode: 1, errors: [expect.stringMatching(sentence)], commands: { length: 1 } });
    expect(github.requests).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["a digest of another repository", { digest: `ghcr.io/acme/other@${digest}` }, /is of ghcr.io\/acme\/other/],
    ["a tag as digest", { digest: "ghcr.io/acme/app:1" }, /`digest` is "ghcr.io\/acme\/app:1"/],
    ["tags of its own", { digest, tags: "x" }, /go with `source`/],
    ["a way back", { digest, "allow-backward": "true", reason: "why" }, /is for `source`/],
  ])("a plan with %s", async (_, inputs, sentence) => {
    const plan = JSON.stringify(planOfMain(github, "acme/app"));
    const run = await runPromoteImage({ github, inputs: { plan, ...inputs } });
    expect(run).toMatchObject({ exitCode: 1, errors: [expect.stringMatching(sentence)] });
  });
});

describe("the moving tags that a build has deferred", () => {
  it("go to the digest that was built", async () => {
    const { path, image, first, second, run, tags } = newProject();
    const plan = planOfMain(github, path, { revision: second });
    await putImage(github, path, first, { tags: ["main", "latest"] });
    const digest = await putImage(github, path, second, { tags: [plan.primaryTag] });
    const ran = await run({ plan: JSON.stringify(plan), digest: `${image}@${digest}` });
    expect(ran).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    expect(tags()).toEqual({ [plan.primaryTag]: digest, main: digest, latest: digest });
    expect(ran.result).toMatchObject({ kind: "deferred", digest, revision: second });
    expect(ran.result.tags[0]?.reason).toBe(`moved from ${first.slice(0, 7)}`);
    expect(ran.outputs.references).toBe(`${image}:main\n${image}:latest`);
    expect(ran.summary).toMatch(/latest.*\| moving \| written \| moved from/);
  });

  it("are done when they are there, and put by nobody twice", async () => {
    const { path, second, run } = newProject();
    const plan = planOfMain(github, path, { revision: second });
    const digest = await putImage(github, path, second, { tags: [plan.primaryTag] });
    await run({ plan: JSON.stringify(plan), digest });
    github.clearRequests();
    const again = await run({ plan: JSON.stringify(plan), digest });
    expect(again.outcomes).toEqual({ main: "done", latest: "done" });
    expect(github.requests.filter(({ method }) => method === "PUT")).toEqual([]);
  });

  it("stay at a newer image, and that is no failure", async () => {
    const { path, first, third, run, tags } = newProject();
    const newest = await putImage(github, path, third, { tags: ["main", "latest"] });
    const plan = planOfMain(github, path, { revision: first });
    const digest = await putImage(github, path, first, { tags: [plan.primaryTag] });
    const ran = await run({ plan: JSON.stringify(plan), digest });
    expect(ran).toMatchObject({ exitCode: 0, warnings: [], outcomes: { main: "left", latest: "left" } });
    expect(ran.notices).toEqual([expect.stringMatching(/^Not put: .*newer than this revision/)]);
    expect(tags()).toMatchObject({ main: newest, latest: newest });
  });

  it("follow the tip of main after a force push; what it has left gets none, with a warning", async () => {
    const { path, image, first, second, third, run, tags } = newProject();
    const repository = github.repository(path);
    const forced = repository.addCommit({ parents: [first], message: `${path} forced` });
    repository.setBranch("main", forced);
    await putImage(github, path, third, { tags: ["main", "latest"] });
    const plan = planOfMain(github, path, { revision: forced });
    const digest = await putImage(github, path, forced, { tags: [plan.primaryTag] });
    const ran = await run({ plan: JSON.stringify(plan), digest: `${image}@${digest}` });
    expect(ran).toMatchObject({ exitCode: 0, warnings: [], outcomes: { main: "written", latest: "written" } });
    const old = planOfMain(github, path, { revision: second });
    const oldDigest = await putImage(github, path, second, { tags: [old.primaryTag] });
    const late = await run({ plan: JSON.stringify(old), digest: oldDigest });
    expect(late).toMatchObject({ exitCode: 0, outcomes: { main: "left", latest: "left" } });
    expect(late.warnings).toEqual([expect.stringMatching(/^Not put: .*branch main is at .* start that one again/)]);
    expect(tags()).toMatchObject({ main: digest, latest: digest });
  });

  it("go to a rebuilt image of the revision, and not back to its first", async () => {
    const { path, first, run, tags } = newProject();
    const plan = planOfMain(github, path, { revision: first });
    const built = await putImage(github, path, first, { tags: [plan.primaryTag, "main", "latest"] });
    const rebuilt = await putImage(github, path, first, { seed: "newer bases" });
    const ran = await run({ plan: JSON.stringify(plan), digest: rebuilt });
    expect(ran.outcomes).toEqual({ main: "written", latest: "written" });
    const again = await run({ plan: JSON.stringify(plan), digest: built });
    expect(again.outcomes).toEqual({ main: "left", latest: "left" });
    expect(tags()).toEqual({ [plan.primaryTag]: built, main: rebuilt, latest: rebuilt });
  });

  it("of a release stay where a higher version was released while the plan waited", async () => {
    const { path, first, second, run, tags } = newProject();
    const plan = planOfMain(github, path, {
      ...{ kind: "release", revision: first, primaryTag: "1.2.0", version: "1.2.0" },
      tags: [
        { name: "1.2.0", class: "version", mutability: "immutable", reason: "version" },
        { name: "1.2", class: "version-line", mutability: "moving", rule: "highest-version", reason: "highest" },
        moving("latest", "highest-version"),
      ],
    });
    const digest = await putImage(github, path, first, { tags: ["1.2.0"] });
    const newer = await putImage(github, path, second, { tags: ["1.3.0", "latest"] });
    github.repository(path).setTag("v1.2.0", first);
    github.repository(path).setTag("v1.3.0", second);
    const ran = await run({ plan: JSON.stringify(plan), digest });
    expect(ran).toMatchObject({ exitCode: 0, errors: [], outcomes: { "1.2": "written" } });
    expect(ran.result.notMoved).toEqual([{ name: "latest", reason: "1.3.0 is higher", told: "notice" }]);
    expect(ran).toMatchObject({ warnings: [], notices: [expect.stringMatching(/^Not moved: \S+:latest, as 1\.3\.0/)] });
    expect(tags()).toMatchObject({ latest: newer, "1.2": digest });
  });

  it("of a release are told where a higher version without them is in the way", async () => {
    const { path, first, second, run, tags } = newProject();
    const plan = planOfMain(github, path, {
      ...{ kind: "release", branch: "", revision: first, primaryTag: "1.2.4", version: "1.2.4" },
      tags: [{ name: "1.2.4", class: "version", mutability: "immutable", reason: "version" }],
      notMoved: [{ name: "latest", reason: "1.3.0 is higher", higher: ["1.3.0"], mutability: "moving" }],
    });
    const digest = await putImage(github, path, first, { tags: ["1.2.4"] });
    await putImage(github, path, second, { tags: ["1.3.0"] });
    github.repository(path).setTag("v1.2.4", first);
    github.repository(path).setTag("v1.3.0", second);
    const ran = await run({ plan: JSON.stringify(plan), digest });
    expect(ran).toMatchObject({ exitCode: 0, notices: [] });
    expect(ran.warnings).toEqual([expect.stringMatching(/^Not moved: \S+:latest, as 1\.3\.0 .*delete its git tag/)]);
    expect(tags()).not.toHaveProperty("latest");
  });

  it.each([
    ["published first takes `latest` from a later commit", false],
    ["published again leaves it there", true],
  ])("of a release that is %s", async (_, isAgain) => {
    const { path, first, third, run, tags } = newProject();
    const line: PlannedTag = { ...moving("1.2", "highest-version"), class: "version-line" };
    const plan = planOfMain(github, path, {
      ...{ kind: "release", branch: "", revision: first, primaryTag: "1.2.0", version: "1.2.0" },
      tags: [
        { name: "1.2.0", class: "version", mutability: "immutable", reason: "version" },
        line,
        moving("latest", "highest-version"),
      ],
    });
    const digest = await putImage(github, path, first, { tags: ["1.2.0", ...(isAgain ? ["1.2"] : [])] });
    const main = await putImage(github, path, third, { tags: ["main", "latest"] });
    github.repository(path).setTag("v1.2.0", first);
    expect(await run({ plan: JSON.stringify(plan), digest })).toMatchObject({ exitCode: 0, warnings: [] });
    expect(tags()).toMatchObject({ "1.2": digest, latest: isAgain ? main : digest });
  });

  it.each<[string, (path: string, second: string) => Promise<string>, RegExp]>([
    ["of another revision", (path, second) => putImage(github, path, second), /is of [0-9a-f]{40}, and the plan is of/],
    ["of no revision", (path) => putImage(github, path, "e".repeat(40), { annotations: {} }), /is of no revision/],
    ["that is not there", async () => unknown, /holds no sha256:7{64}/],
  ])("are not put on an image %s", async (_, put, sentence) => {
    const { path, first, second, run, tags } = newProject();
    const digest = await put(path, second);
    const before = tags();
    const plan = planOfMain(github, path, { revision: first });
    const ran = await run({ plan: JSON.stringify(plan), digest });
    expect(ran).toMatchObject({ exitCode: 1, errors: [expect.stringMatching(sentence)] });
    expect(tags()).toEqual(before);
  });

  it("are not put on an image of another component", async () => {
    const { path, first, run } = newProject();
    const digest = await putImage(github, path, first, { annotations: annotationsOf(first, { component: "api" }) });
    const plan = planOfMain(github, path, { revision: first, component: "web" });
    const ran = await run({ plan: JSON.stringify(plan), digest });
    expect(ran.errors).toEqual([expect.stringMatching(/is of component api, and the plan is of component web/)]);
  });

  it("of a build that kept archives, or of an event that names nothing, are no work", async () => {
    const { path, first, run } = newProject();
    const plan = planOfMain(github, path, { revision: first, delivery: "artifact", reason: "the token may only read" });
    const ran = await run({ plan: JSON.stringify(plan), digest: unknown });
    expect(ran).toMatchObject({ exitCode: 0, errors: [], notices: ["Nothing to promote: the token may only read"] });
    expect(ran.result).toMatchObject({ kind: "none", tags: [] });
  });

  it("are finished by the next run when the registry fails between two of them", async () => {
    const { path, second, run, tags } = newProject();
    const plan = planOfMain(github, path, { revision: second });
    const digest = await putImage(github, path, second, { tags: [plan.primaryTag] });
    inject(github, {
      match: { method: "PUT", path: `${path}/manifests/latest` },
      times: 3,
      action: ghcrFaults.serviceUnavailable,
    });
    const ran = await run({ plan: JSON.stringify(plan), digest });
    expect(ran).toMatchObject({ exitCode: 1, outcomes: { main: "written", latest: "failed" } });
    expect(ran.errors).toEqual([expect.stringMatching(/1 of 2 tags do not name the image.*Run this job again/)]);
    const again = await run({ plan: JSON.stringify(plan), digest });
    expect(again).toMatchObject({ exitCode: 0, outcomes: { main: "done", latest: "written" } });
    expect(tags()).toMatchObject({ main: digest, latest: digest });
  });
});

describe("names of the clock", () => {
  const clock: readonly PlannedTag[] = [
    { name: "20240629-143022", class: "date-time", mutability: "immutable", reason: "moment" },
    { name: "20240629", class: "date", mutability: "moving", rule: "ancestor", reason: "day" },
  ];
  it.each([
    ["go to an image that this plan's build has made", true],
    ["do not go to an image of before", false],
  ])("%s", async (_, isMadeNow) => {
    const { path, second, run, tags } = newProject();
    const plan = planOfMain(github, path, { revision: second });
    const made = [plan.primaryTag, ...(isMadeNow ? ["20240629-143022"] : [])];
    const digest = await putImage(github, path, second, { tags: made });
    const deferred = JSON.stringify({ ...plan, tags: [...plan.tags, ...clock] });
    expect(await run({ plan: deferred, digest })).toMatchObject({ exitCode: 0, errors: [] });
    expect("20240629" in tags()).toBe(isMadeNow);
    expect(tags()).toMatchObject({ main: digest, latest: digest });
    await run({ plan: deferred });
    expect("20240629-143022" in tags()).toBe(isMadeNow);
  });

  it("that an image of before does not get are told, unless it has the day already", async () => {
    const { path, second, run, tags } = newProject();
    const plan = planOfMain(github, path, { revision: second });
    // As a run leaves it whose gate failed: it has its moment, and no moving tag.
    const digest = await putImage(github, path, second, { tags: [plan.primaryTag, "20240628-090000"] });
    const deferred = JSON.stringify({ ...plan, tags: [...plan.tags, ...clock] });
    const ran = await run({ plan: deferred, digest });
    expect(ran).toMatchObject({ exitCode: 0, warnings: [], outcomes: { main: "written", latest: "written" } });
    expect(ran.notices).toEqual([expect.stringMatching(/^Not moved: \S+:20240629, as .* made by an earlier run/)]);
    expect(ran.result.notMoved).toEqual([{ name: "20240629", reason: expect.any(String), told: "notice" }]);
    expect(tags()).not.toHaveProperty("20240629");
    const released = await run({ plan: deferred });
    expect(released.notices).toEqual([expect.stringMatching(/^Not moved: \S+:20240629, as .* made by an earlier run/)]);
    await putImage(github, path, second, { tags: ["20240629"] });
    expect(await run({ plan: deferred, digest })).toMatchObject({ exitCode: 0, notices: [], warnings: [] });
  });
});

describe("a release of a commit whose image exists", () => {
  const releasePlan = (path: string, revision: string) =>
    planOfMain(github, path, {
      ...{ kind: "release", revision, primaryTag: "1.2.0", version: "1.2.0" },
      tags: [
        { name: "1.2.0", class: "version", mutability: "immutable", reason: "version of git tag v1.2.0" },
        { name: "1.2", class: "version-line", mutability: "moving", rule: "highest-version", reason: "highest" },
        moving("latest", "highest-version"),
      ],
    });

  it("names that image, the one digest that was tested", async () => {
    const { path, image, first, second, run, tags } = newProject();
    await putImage(github, path, first, { tags: ["latest"] });
    const digest = await putImage(github, path, second, { tags: [`sha-${second}`, "main"] });
    const ran = await run({ plan: JSON.stringify(releasePlan(path, second)) });
    expect(ran).toMatchObject({ exitCode: 0, errors: [] });
    expect(tags()).toMatchObject({ "1.2.0": digest, "1.2": digest, latest: digest });
    expect(ran.result).toMatchObject({ kind: "release", source: `${image}:sha-${second}`, digest });
    const again = await run({ plan: JSON.stringify(releasePlan(path, second)) });
    expect(again.result).toMatchObject({ source: `${image}:1.2.0`, digest });
    expect(again.outcomes).toEqual({ "1.2.0": "done", "1.2": "done", latest: "done" });
  });

  it("is copied into a second repository that lacks it", async () => {
    const { path, image, first, run } = newProject();
    const digest = await putImage(github, path, first, { tags: [`main-${first.slice(0, 7)}`] });
    const plan = { ...releasePlan(path, first), images: [image, `${other.host}/${path}`] };
    const ran = await run({ plan: JSON.stringify(plan) });
    expect(ran).toMatchObject({ exitCode: 0, errors: [] });
    expect(other.registry.tags(path)).toEqual({ "1.2.0": digest, "1.2": digest, latest: digest });
  });

  it("is refused where there is no image of that commit, whatever tags say", async () => {
    const { path, first, second, run, tags } = newProject();
    await putImage(github, path, first, { tags: [`sha-${second}`] });
    const before = tags();
    const ran = await run({ plan: JSON.stringify(releasePlan(path, second)) });
    expect(ran.errors).toEqual([expect.stringMatching(new RegExp(`no image of revision ${second} under 1.2.0, sha-`))]);
    expect(tags()).toEqual(before);
  });

  it("never takes a version from another commit", async () => {
    const { path, first, second, run, tags } = newProject();
    await putImage(github, path, first, { tags: ["1.2.0"] });
    await putImage(github, path, second, { tags: [`sha-${second}`] });
    const before = tags();
    const ran = await run({ plan: JSON.stringify(releasePlan(path, second)) });
    expect(ran.errors).toEqual([expect.stringMatching(/immutable tag never changes: .*1\.2\.0 names revision/)]);
    expect(tags()).toEqual(before);
  });
});

describe("tags for an image in its own repository", () => {
  it("are put without a copy", async () => {
    const { path, image, first, run, tags } = newProject();
    const digest = await putImage(github, path, first, { tags: ["main"] });
    github.clearRequests();
    const ran = await run({ source: `${image}:main`, tags: "production\n1.0.0" });
    expect(ran).toMatchObject({ exitCode: 0, errors: [], outcomes: { "1.0.0": "written", production: "written" } });
    expect(tags()).toEqual({ main: digest, production: digest, "1.0.0": digest });
    expect(github.requests.filter(({ kind }) => kind.startsWith("upload"))).toEqual([]);
    expect(ran.outputs.digest).toBe(digest);
  });

  it("move forward to a later commit, and back only on purpose, with the reason told", async () => {
    const { path, image, first, third, run, tags } = newProject();
    const old = await putImage(github, path, first, { tags: ["old"] });
    const bad = await putImage(github, path, third, { tags: ["new"] });
    const forward = await run({ source: `${image}:old`, tags: "production" });
    expect(forward.exitCode).toBe(0);
    expect((await run({ source: `${image}:new`, tags: "production" })).exitCode).toBe(0);
    expect(tags()).toMatchObject({ production: bad });
    const refused = await run({ source: `${image}@${old}`, tags: "production,stable" });
    expect(refused.errors).toEqual([expect.stringMatching(/production names .*newer.*allow-backward: true.*`reason`/)]);
    expect(tags()).not.toHaveProperty("stable");
    const reason = "1.3.0 breaks `logins` | <b>::error::x";
    const back = await run({ source: `${image}@${old}`, tags: "production", "allow-backward": "true", reason });
    expect(back).toMatchObject({ exitCode: 0, errors: [], outcomes: { production: "written" } });
    expect(tags()).toMatchObject({ production: old });
    expect(back.result).toMatchObject({ reason, backward: true });
    expect(back.result.tags[0]?.reason).toMatch(/^moved on purpose: it names [0-9a-f]{7}, which is newer/);
    expect(back.summary).toContain(
      "Reason: 1.3.0 breaks &#96;logins&#96; &#124; &#60;b&#62;:&#58;error::x Tags were allowed",
    );
    expect(back.commands.filter((line) => !line.startsWith("::add-mask::"))).toEqual([]);
  });

  it("go by version where both images say theirs", async () => {
    const { path, image, first, third, run, tags } = newProject();
    const release = (revision: string, version: string) =>
      putImage(github, path, revision, { tags: [version], annotations: annotationsOf(revision, { version }) });
    const higher = await release(first, "1.2.0");
    await release(third, "1.1.9");
    expect((await run({ source: `${image}:1.2.0`, tags: "1,latest" })).exitCode).toBe(0);
    const ran = await run({ source: `${image}:1.1.9`, tags: "1" });
    expect(ran.errors).toEqual([expect.stringMatching(/:1 names the higher version 1\.2\.0/)]);
    expect(tags()).toMatchObject({ "1": higher, latest: higher });
  });

  it("that are immutable never move, not even on purpose", async () => {
    const { path, image, first, second, run, tags } = newProject();
    await putImage(github, path, first, { tags: ["1.0.0"] });
    await putImage(github, path, first, { tags: ["again"], seed: "rebuilt" });
    await putImage(github, path, second, { tags: ["new"] });
    const before = tags();
    const purpose = { "allow-backward": "true", reason: "please" };
    const moved = await run({ source: `${image}:new`, tags: "latest,1.0.0", ...purpose });
    expect(moved.errors).toEqual([
      expect.stringMatching(/never changes: .*:1\.0\.0 names revision [0-9a-f]{40} \(sha256/),
    ]);
    const rebuilt = await run({ source: `${image}:again`, tags: "1.0.0", ...purpose });
    expect(rebuilt.errors).toEqual([expect.stringMatching(/:1\.0\.0 names another image/)]);
    expect(tags()).toEqual(before);
  });

  it("of an image that names no revision go where nothing is, and elsewhere only on purpose", async () => {
    const { path, image, first, run, tags } = newProject();
    const foreign = await putImage(github, path, "f".repeat(40), { tags: ["foreign"], annotations: {} });
    await putImage(github, path, first, { tags: ["stable"] });
    expect((await run({ source: `${image}:foreign`, tags: "edge" })).exitCode).toBe(0);
    const refused = await run({ source: `${image}:foreign`, tags: "stable" });
    expect(refused.errors).toEqual([expect.stringMatching(/cannot relate/)]);
    const moved = await run({ source: `${image}:foreign`, tags: "stable", "allow-backward": "true", reason: "r" });
    expect(moved).toMatchObject({ exitCode: 0, errors: [] });
    expect(tags()).toMatchObject({ edge: foreign, stable: foreign });
  });

  it("are not put on what does not exist, or is not whole", async () => {
    const { path, image, first, run, tags } = newProject();
    const missing = await run({ source: `${image}:nothing`, tags: "production" });
    expect(missing.errors).toEqual([expect.stringMatching(/:nothing does not exist/)]);
    const digest = await putImage(github, path, first, { tags: ["main"] });
    expect(github.registry.removeVersion(path, childrenOf(path, digest)[1] ?? "")).toBe("removed");
    const broken = await run({ source: `${image}:main`, tags: "production" });
    expect(broken.errors).toEqual([expect.stringMatching(/is not complete, it lacks sha256:[0-9a-f]{64}: no tag/)]);
    expect(tags()).toEqual({ main: digest });
  });

  it("need the right to write", async () => {
    const { path, image, first, run } = newProject();
    await putImage(github, path, first, { tags: ["main"] });
    const token = github.token({ packages: "read" });
    const ran = await run({ source: `${image}:main`, tags: "production" }, { token });
    expect(ran).toMatchObject({ exitCode: 1, errors: [expect.stringMatching(/packages: write/)] });
  });
});

describe("an immutable name is of one commit, version or moment, so another's image does not get it", () => {
  it.each([
    ["of a commit", "main-fffffff", /:? ?main-fffffff is the name of commit fffffff, and the image is of [0-9a-f]{40}/],
    ["of a pull request's commit", "pr-12-fffffff-alpine", /is the name of commit fffffff/],
    ["of a moment", "20240628-143022", /is the name of the moment an image is built/],
    ["of a version that the git tag gives another commit", "v3.2.1", /v3\.2\.1 is of the git tag at [0-9a-f]{40}/],
  ])("%s: %s", async (_, name, sentence) => {
    const { path, image, first, third, run, tags } = newProject();
    github.repository(path).setTag("v3.2.1", third, { message: "annotated" });
    await putImage(github, path, first, { tags: ["main"] });
    const before = tags();
    const purpose = { "allow-backward": "true", reason: "please" };
    const ran = await run({ source: `${image}:main`, tags: `production,${name}`, ...purpose });
    expect(ran).toMatchObject({
      exitCode: 1,
      errors: [expect.stringMatching(/^No tag is put, as an immutable tag is/)],
    });
    expect(ran.errors).toEqual([expect.stringMatching(sentence)]);
    expect(tags()).toEqual(before);
  });

  it("of another version, also in a copy under its own name", async () => {
    const { path, image, first, run } = newProject();
    await putImage(github, path, first, { tags: ["2.0.0"], annotations: annotationsOf(first, { version: "1.9.0" }) });
    const target = `${other.host}/${path}`;
    const one = await run({ source: `${image}:2.0.0`, target });
    expect(one.errors).toEqual([expect.stringMatching(/2\.0\.0 is of version 2\.0\.0, and the image of 1\.9\.0/)]);
    const all = await run({ source: image, target, tags: "*" });
    expect(all.errors).toEqual([expect.stringMatching(/^Nothing is copied.*of 1\.9\.0\. Leave those out/)]);
    expect(other.registry.tags(path)).toEqual({});
  });

  it("but its own it may have", async () => {
    const { path, image, first, run, tags } = newProject();
    github.repository(path).setTag("v3.2.1", first, { message: "annotated" });
    const digest = await putImage(github, path, first, { tags: ["main"] });
    const names = ["3.2.1", `sha-${first}`, `main-${first.slice(0, 7)}`];
    const ran = await run({ source: `${image}:main`, tags: names.join(",") });
    expect(ran).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    for (const name of names) expect(tags()).toMatchObject({ [name]: digest });
  });
});

describe("a copy into another repository", () => {
  /** Every manifest of the source that is in the target, byte for byte; the rest by name. */
  const missingIn = (target: GitHubDouble, path: string, digests: readonly string[], from: string) =>
    digests.filter((digest) => {
      const [one, two] = [github.registry.manifest(from, digest), target.registry.manifest(path, digest)];
      return one === undefined || two === undefined || Buffer.compare(one.bytes, two.bytes) !== 0;
    });

  async function putSigned(path: string, revision: string) {
    const digest = await putImage(github, path, revision, { tags: ["1.0.0"] });
    const children = childrenOf(path, digest);
    const signatures = await Promise.all([digest, ...children].map((subject) => putSignature(github, path, subject)));
    const attestation = await putSignature(github, path, digest, { ending: ".att", seed: "provenance" });
    const referrer = await putReferrer(github, path, digest);
    const signedReferrer = await putSignature(github, path, referrer);
    return { digest, children, all: [digest, ...children, ...signatures, attestation, referrer, signedReferrer] };
  }

  it("of another registry is byte for byte, with signatures and referrers", async () => {
    const { path, image, first, run } = newProject();
    const { digest, all } = await putSigned(path, first);
    other.clearRequests();
    const ran = await run({ source: `${image}:1.0.0`, target: `${other.host}/mirror/app`, tags: "1.0.0,production" });
    expect(ran).toMatchObject({ exitCode: 0, errors: [], outcomes: { "1.0.0": "written", production: "written" } });
    expect(missingIn(other, "mirror/app", all, path)).toEqual([]);
    const { production, "1.0.0": version, ...companions } = other.registry.tags("mirror/app");
    expect([production, version]).toEqual([digest, digest]);
    const wanted = Object.entries(github.registry.tags(path)).filter(([name]) => name.startsWith("sha256-"));
    expect(companions).toEqual(Object.fromEntries(wanted));
    for (const one of all)
      expect(sha256(other.registry.manifest("mirror/app", one)?.bytes ?? Buffer.from(""))).toBe(one);
    // Children before parents, the image before its tags, tags last.
    const puts = other.requests
      .filter(({ kind }) => kind === "manifest-write")
      .map(({ path: url }) => url.split("/").at(-1));
    expect(puts.slice(-2)).toEqual(["1.0.0", "production"]);
    for (const child of childrenOf(path, digest)) expect(puts.indexOf(child)).toBeLessThan(puts.indexOf(digest));
    expect(ran.result.copies[0]).toMatchObject({ digest, manifests: all.length, notes: [] });
    expect(ran.result.copies[0]?.companions).toHaveLength(6);
    expect(ran.summary).toMatch(/copied, digests equal/);
  });

  describe("from a registry that answers `sha256-…` with something else than a list of signatures", () => {
    const listTag = (digest: string) => digest.replace(":", "-");

    it("takes the image itself for no list, in the source and in the target", async () => {
      const { path, image, first, run } = newProject();
      const digest = await putImage(github, path, first, { tags: ["1.0.0"] });
      for (const one of [digest, ...childrenOf(path, digest)]) {
        for (const ending of ["", ".sig", ".att", ".sbom"]) github.registry.tag(path, `${listTag(one)}${ending}`, one);
      }
      const ran = await run({ source: `${image}:1.0.0`, target: `${other.host}/${path}`, tags: "1.0.0" });
      expect(ran).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(ran.result.copies[0]).toMatchObject({ manifests: 3, companions: [], notes: [] });
      expect(other.registry.tags(path)).toEqual({ "1.0.0": digest });
    });

    it("takes a list of the image's own platforms for none", async () => {
      const { path, image, first, run } = newProject();
      const digest = await putImage(github, path, first, { tags: ["1.0.0"] });
      const { manifests } = JSON.parse(`${github.registry.manifest(path, digest)?.bytes}`) as { manifests: unknown };
      const copy = { schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests };
      github.registry.putManifest(path, copy, [listTag(digest)]);
      const ran = await run({ source: `${image}:1.0.0`, target: `${other.host}/${path}`, tags: "1.0.0" });
      expect(ran).toMatchObject({ exitCode: 0, errors: [] });
      expect(ran.result.copies[0]).toMatchObject({ manifests: 3, companions: [] });
      expect(other.registry.tags(path)).toEqual({ "1.0.0": digest });
    });

    it("leaves out what does not say that it belongs to the image, and warns", async () => {
      const { path, image, first, run } = newProject();
      const digest = await putImage(github, path, first, { tags: ["1.0.0"] });
      const referrer = await putReferrer(github, path, digest);
      const stranger = await putImage(github, path, "e".repeat(40), { tags: ["other"] });
      const entry = (one: string) => ({ mediaType: "application/vnd.oci.image.index.v1+json", digest: one, size: 1 });
      const list = {
        schemaVersion: 2,
        mediaType: "application/vnd.oci.image.index.v1+json",
        manifests: [entry(referrer), entry(stranger)],
      };
      github.registry.putManifest(path, list, [listTag(digest)]);
      const ran = await run({ source: `${image}:1.0.0`, target: `${other.host}/${path}`, tags: "1.0.0" });
      expect(ran).toMatchObject({ exitCode: 0, errors: [] });
      expect(ran.warnings).toEqual([expect.stringContaining(`names ${stranger}, which does not say so itself`)]);
      expect(other.registry.manifest(path, stranger)).toBeUndefined();
      expect(ran.result.copies[0]?.companions).toEqual([referrer]);
    });
  });

  it("of the same registry mounts the blobs", async () => {
    const { path, image, first, run } = newProject();
    const { digest } = await putSigned(path, first);
    const target = `${path}/mirror`;
    const ran = await run({ source: `${image}:1.0.0`, target: `${github.host}/${target}` });
    expect(ran).toMatchObject({ exitCode: 0, errors: [] });
    expect(github.registry.tags(target)["1.0.0"]).toBe(digest);
    expect(ran.result.copies[0]).toMatchObject({ blobs: { copied: 0 }, bytes: 0 });
    expect(ran.result.copies[0]?.blobs.mounted).toBeGreaterThan(4);
  });

  it("sends nothing twice", async () => {
    const { path, image, first, run } = newProject();
    await putSigned(path, first);
    const inputs = { source: `${image}:1.0.0`, target: `${other.host}/${path}` };
    await run(inputs);
    other.clearRequests();
    const again = await run(inputs);
    expect(again).toMatchObject({ exitCode: 0, outcomes: { "1.0.0": "done" } });
    expect(other.requests.filter(({ method }) => method !== "GET" && method !== "HEAD")).toEqual([]);
  });

  it("copies layers of many megabytes", { timeout: 60_000 }, async () => {
    const { path, image, first, run } = newProject();
    await putImage(github, path, first, { tags: ["large"], layer: 48 * 1024 * 1024 });
    const ran = await run({ source: `${image}:large`, target: `${other.host}/${path}` });
    expect(ran).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    expect(ran.result.copies[0]?.bytes).toBeGreaterThan(96 * 1024 * 1024);
  });

  it.each<[string, Fault["match"], FaultAction, "source" | "target"]>([
    ["503 at the start of an upload", { kind: "upload-start" }, ghcrFaults.serviceUnavailable, "target"],
    ["429 with Retry-After at the start of an upload", { kind: "upload-start" }, ghcrFaults.tooManyRequests, "target"],
    ["503 at the end of an upload", { kind: "upload-finish" }, ghcrFaults.serviceUnavailable, "target"],
    ["429 with Retry-After at the end of an upload", { kind: "upload-finish" }, ghcrFaults.tooManyRequests, "target"],
    ["a reset before the upload", { kind: "upload-finish" }, { type: "reset-before" }, "target"],
    ["a lost reply of an upload", { kind: "upload-finish" }, { type: "reset-after-effect" }, "target"],
    ["an upload that the registry lost", { kind: "upload-finish" }, ghcrFaults.unknownUpload, "target"],
    ["a token that ran out", { kind: "upload-finish" }, { type: "expire-token" }, "target"],
    ["a blob cut short", { kind: "blob-read", method: "GET" }, { type: "truncate" }, "source"],
    ["503 at a blob", { kind: "blob-read", method: "GET" }, ghcrFaults.serviceUnavailable, "source"],
    ["a reset at a blob", { kind: "blob-read", method: "GET" }, { type: "reset-before" }, "source"],
    ["503 at a manifest", { kind: "manifest-write" }, ghcrFaults.serviceUnavailable, "target"],
  ])("goes on after %s", async (_, match, action, where) => {
    const { path, image, first, run } = newProject();
    const digest = await putImage(github, path, first, { tags: ["main"] });
    const fault = inject(where === "source" ? github : other, { match: match ?? {}, action });
    const ran = await run({ source: `${image}:main`, target: `${other.host}/${path}` });
    expect(ran).toMatchObject({ exitCode: 0, errors: [] });
    expect(fault.struck).toBe(1);
    expect(other.registry.tags(path)).toEqual({ main: digest });
  });

  it("names nothing while the registry stays down, and is finished by the next run", async () => {
    const { path, image, first, run } = newProject();
    const digest = await putImage(github, path, first, { tags: ["main"] });
    const fault = inject(other, {
      match: { kind: "upload-finish" },
      times: 99,
      skip: 1,
      action: ghcrFaults.badGateway,
    });
    const inputs = { source: `${image}:main`, target: `${other.host}/${path}`, attempts: "2" };
    const ran = await run(inputs);
    expect(ran).toMatchObject({ exitCode: 1, errors: [expect.stringMatching(/did not take the blob sha256:.*502/)] });
    expect(other.registry.repositories()).not.toContain(path);
    fault.remove();
    expect(await run(inputs)).toMatchObject({ exitCode: 0, errors: [] });
    expect(other.registry.tags(path)).toEqual({ main: digest });
  });

  it("names nothing when a blob is not what its digest says", async () => {
    const { path, image, first, run } = newProject();
    await putImage(github, path, first, { tags: ["main"] });
    const wrong = { type: "answer", status: 200, body: "x".repeat(64) } as const;
    inject(github, { match: { kind: "blob-read", method: "GET", path: /\/blobs\/sha256:/ }, times: 99, action: wrong });
    const ran = await run({ source: `${image}:main`, target: `${other.host}/${path}` });
    expect(ran.exitCode).toBe(1);
    expect(ran.errors).toEqual([expect.stringMatching(/wrongly|did not take/)]);
    expect(other.registry.repositories()).not.toContain(path);
  });

  const notThere = { errors: [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown" }] };
  it.each<[string, FaultAction, RegExp]>([
    [
      "is not there afterwards",
      { type: "answer", status: 404, body: notThere },
      /took sha256:\w+ and does not give it back as it is, so no tag is put: run this job again\.$/,
    ],
    [
      "are other bytes afterwards",
      { type: "answer", status: 200, body: { schemaVersion: 2 } },
      /has the digest sha256:/,
    ],
  ])("names nothing when a manifest that the registry took %s", async (_, action, sentence) => {
    const { path, image, first, run } = newProject();
    const digest = await putImage(github, path, first, { tags: ["main"] });
    const [child = ""] = childrenOf(path, digest);
    const fault = inject(other, { match: { method: "GET", path: `/manifests/${child}` }, times: 99, action });
    const ran = await run({ source: `${image}:main`, target: `${other.host}/${path}` });
    expect(ran).toMatchObject({ exitCode: 1, errors: [expect.stringMatching(sentence)] });
    expect(ran.errors[0]).toContain(child);
    expect(fault.struck).toBeGreaterThan(0);
    expect(other.registry.manifest(path, child)).toBeDefined();
    expect(other.registry.tags(path)).toEqual({});
  });

  it("that has the tag already is done, refused or moved, as the tag is", async () => {
    const { path, image, first, second, run } = newProject();
    const old = await putImage(other, path, first, { tags: ["1.0.0", "stable"] });
    await putImage(github, path, second, { tags: ["1.0.0", "next"] });
    const refused = await run({ source: `${image}:1.0.0`, target: `${other.host}/${path}` });
    expect(refused.errors).toEqual([expect.stringMatching(/never changes: .*1\.0\.0 names revision/)]);
    expect(other.registry.tags(path)).toEqual({ "1.0.0": old, stable: old });
    const moved = await run({ source: `${image}:next`, target: `${other.host}/${path}`, tags: "stable" });
    expect(moved).toMatchObject({ exitCode: 0, outcomes: { stable: "written" } });
  });

  it("keeps the target's own signatures and lists, and adds to them", async () => {
    const { path, image, first, run } = newProject();
    const digest = await putImage(github, path, first, { tags: ["main"] });
    await putSignature(github, path, digest, { seed: "ours" });
    const referrer = await putReferrer(github, path, digest);
    await putImage(other, path, first, { tags: ["main"] });
    const theirs = await putSignature(other, path, digest, { seed: "theirs" });
    const list = { schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json" };
    const entry = { mediaType: "application/vnd.oci.image.manifest.v1+json", digest: theirs, size: 1 };
    other.registry.putManifest(path, { ...list, manifests: [entry] }, [digest.replace(":", "-")]);
    const ran = await run({ source: `${image}:main`, target: `${other.host}/${path}` });
    expect(ran).toMatchObject({ exitCode: 0, errors: [] });
    expect(other.registry.tags(path)[`${digest.replace(":", "-")}.sig`]).toBe(theirs);
    expect(ran.result.copies[0]?.notes).toEqual([expect.stringMatching(/signatures of its own/)]);
    const merged = other.registry.manifest(path, digest.replace(":", "-"))?.content as { manifests: object[] };
    expect(merged.manifests).toEqual([
      entry,
      expect.objectContaining({
        digest: referrer,
        artifactType: "application/sbom",
        annotations: { "org.example": "kept" },
      }),
    ]);
  });
});

describe("a repository's tags", () => {
  it("are copied under their own names, by name and by pattern, with their digests", async () => {
    const { path, image, first, second, run } = newProject();
    const one = await putImage(github, path, first, { tags: ["1.0.0", "1.0", "stable"] });
    const two = await putImage(github, path, second, { tags: ["1.1.0", "latest", "test-x"] });
    await putSignature(github, path, two);
    const ran = await run({ source: image, target: `${other.host}/moved/${path}`, tags: "1.*, latest" });
    expect(ran).toMatchObject({ exitCode: 0, errors: [] });
    expect(other.registry.tags(`moved/${path}`)).toEqual({
      ...{ "1.0": one, "1.0.0": one, "1.1.0": two, latest: two },
      [`${two.replace(":", "-")}.sig`]: expect.any(String),
    });
    expect(ran.result).toMatchObject({ kind: "repository", source: image });
    expect(ran.outputs.digest).toBe("");
    const all = await run({ source: image, target: `${other.host}/moved/${path}`, tags: "*" });
    expect(all.outcomes).toMatchObject({ "1.0.0": "done", "test-x": "written", stable: "written" });
  });

  it("stop all of it where an immutable one is another image there; moving ones stay", async () => {
    const { path, image, first, third, run } = newProject();
    await putImage(github, path, first, { tags: ["1.0.0", "2.0.0", "latest"] });
    const there = await putImage(other, path, third, { tags: ["latest"] });
    const ran = await run({ source: image, target: `${other.host}/${path}`, tags: "*" });
    expect(ran).toMatchObject({ exitCode: 0, outcomes: { "1.0.0": "written", "2.0.0": "written", latest: "left" } });
    expect(other.registry.tags(path)).toMatchObject({ latest: there });
    github.registry.tag(path, "3.0.0", "1.0.0");
    await putImage(other, path, third, { tags: ["9.0.0"], seed: "nine" });
    github.registry.tag(path, "9.0.0", "1.0.0");
    const refused = await run({ source: image, target: `${other.host}/${path}`, tags: "*" });
    expect(refused.errors).toEqual([
      expect.stringMatching(/Nothing is copied.*9\.0\.0 names revision.*Leave those out/),
    ]);
    expect(other.registry.tags(path)).not.toHaveProperty("3.0.0");
  });

  it("that are not there are named", async () => {
    const { path, image, first, run } = newProject();
    await putImage(github, path, first, { tags: ["1.0.0"] });
    const ran = await run({ source: image, target: `${other.host}/${path}`, tags: "1.0.0,2.*,nine" });
    expect(ran.errors).toEqual([expect.stringMatching(/has no tag "2\.\*", "nine"/)]);
  });

  it("go on after one that fails, which is told", async () => {
    const { path, image, first, second, run } = newProject();
    const one = await putImage(github, path, first, { tags: ["1.0.0"] });
    const two = await putImage(github, path, second, { tags: ["1.1.0"] });
    const fault = { method: "PUT", path: new RegExp(`${path}/manifests/${one}`) };
    const injectedFault = inject(other, { match: fault, times: 9, action: ghcrFaults.badGateway });
    const ran = await run({ source: image, target: `${other.host}/${path}`, tags: "*" });
    expect(ran).toMatchObject({ exitCode: 1, outcomes: { "1.0.0": "failed", "1.1.0": "written" } });
    expect(other.registry.tags(path)).toEqual({ "1.1.0": two });
    injectedFault.remove();
    const again = await run({ source: image, target: `${other.host}/${path}`, tags: "*" });
    expect(again).toMatchObject({ exitCode: 0, outcomes: { "1.0.0": "written", "1.1.0": "done" } });
    expect(again.result.tags.every(({ reason }) => reason !== "")).toBe(true);
  });
});
