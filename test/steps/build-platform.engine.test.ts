import { generateKeyPairSync, randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readImageFacts } from "@longshore/tagging";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { push } from "../../doubles/events.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { pushBaseImage } from "../../rehearsal/engine/base-image.ts";
import { type DebianRegistry, startDebianRegistry } from "../../rehearsal/engine/debian-registry.ts";
import { capture } from "../../rehearsal/engine/run-command.ts";
import {
  type BuildOptions,
  type BuildRun,
  logIn,
  runBuildPlatform,
} from "../../tools/benchmarks/build-platform-run.ts";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";
import { planOf } from "../tagging/plan-of.ts";

// Each needs a builder, and BuildKit's own pauses on a 503 are 7 s.
const LONG = 120_000;
const INDEX = "application/vnd.oci.image.index.v1+json";

let github: GitHubDouble;
let debian: DebianRegistry;
let base: string;
let login: Awaited<ReturnType<typeof logIn>>;
let count = 0;

beforeAll(async () => {
  [github, debian] = await Promise.all([startGitHubDouble(), startDebianRegistry()]);
  base = await pushBaseImage(debian.host);
  login = await logIn({ [github.host]: github.token() });
}, LONG);

afterAll(async () => {
  await login.remove();
  await Promise.all([github.stop(), debian.stop()]);
});

let injected: ReturnType<GitHubDouble["inject"]>[] = [];
afterEach(() => {
  for (const fault of injected) fault.remove();
  injected = [];
});

function inject(fault: Parameters<GitHubDouble["inject"]>[0]): void {
  injected.push(github.inject(fault));
}

/** A repository of its own for each test. */
function freshRepository(): string {
  count += 1;
  return `acme/app-${count}`;
}

/** Builds `FROM` the base image, at the double unless the plan says otherwise. */
function build(repository: string, { files, env, ...options }: BuildOptions = {}): Promise<BuildRun> {
  return runBuildPlatform({
    ...options,
    plan: { images: [`${github.host}/${repository}`], ...options.plan },
    files: { Dockerfile: `FROM ${base}\nRUN echo built > /built\n`, ...files },
    env: { ...login.env, ...env },
    timeout: LONG,
  });
}

interface Descriptor {
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
}

/** An index has manifests, a manifest the rest. */
interface Content {
  readonly manifests: readonly Descriptor[];
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

interface ImageConfig {
  readonly architecture: string;
  readonly created: string;
  readonly config: { readonly Labels: Readonly<Record<string, string>> };
  readonly history: readonly unknown[];
}

function contentOf(repository: string, reference: string): Content {
  const found = github.registry.manifest(repository, reference);
  if (found === undefined) throw new Error(`${repository} has no ${reference}`);
  return found.content as Content;
}

async function readConfig(repository: string, manifest: string): Promise<ImageConfig> {
  const { config } = contentOf(repository, manifest);
  const blob = await github.registry.blob(repository, config.digest);
  return JSON.parse(Buffer.from(blob ?? []).toString());
}

describe("a platform", () => {
  it.each(["amd64", "arm64"])(
    "%s is pushed by digest, without a tag",
    async (architecture) => {
      const repository = freshRepository();
      const inputs = { platforms: "linux/amd64,linux/arm64", select: `linux/${architecture}` };
      const run = await build(repository, { inputs });
      expect(run.errors).toEqual([]);
      expect(run).toMatchObject({ exitCode: 0, outputs: { delivery: "registry", reused: "false", archives: "" } });
      const [result] = run.results;
      expect(result).toMatchObject({
        platform: `linux/${architecture}`,
        reused: false,
        retries: [],
        delivery: "registry",
      });
      expect(run.outputs.digest).toBe(result?.digest);
      expect(github.registry.tags(repository)).toEqual({});
      const index = contentOf(repository, result?.digest ?? "");
      expect(index.manifests).toHaveLength(2); // the image and its provenance
      const manifest = contentOf(repository, result?.manifest ?? "");
      const bytes = manifest.layers.reduce((sum, { size }) => sum + size, manifest.config.size);
      expect(result?.size).toBe(bytes);
      expect((await readConfig(repository, result?.manifest ?? "")).architecture).toBe(architecture);
    },
    LONG,
  );

  it(
    "goes to two registries as the same bytes",
    async () => {
      const repository = freshRepository();
      const images = [`${github.host}/${repository}`, `${debian.host}/${repository}`];
      const run = await build(repository, { plan: { images } });
      expect(run.exitCode).toBe(0);
      const { digest = "" } = run.results[0] ?? {};
      const bytes = github.registry.manifest(repository, digest)?.bytes ?? [];
      const other = await fetch(`http://${debian.host}/v2/${repository}/manifests/${digest}`, {
        headers: { accept: INDEX },
      });
      expect(Buffer.from(await other.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
    },
    LONG,
  );

  it(
    "without attestations in Docker's media types is one manifest",
    async () => {
      const repository = freshRepository();
      const run = await build(repository, { inputs: { "docker-media-types": "true" } });
      const [result] = run.results;
      expect(result?.digest).toBe(result?.manifest);
      expect(github.registry.manifest(repository, result?.digest ?? "")?.mediaType).toBe(
        "application/vnd.docker.distribution.manifest.v2+json",
      );
    },
    LONG,
  );

  it("that nobody asks for is not built", async () => {
    const run = await build(freshRepository(), { inputs: { select: "other-arm64" } });
    expect(run).toMatchObject({ exitCode: 0, outputs: { result: "[]", delivery: "registry" } });
  });

  it(
    "that is to be reproducible is the same image from a warm builder and from a cold one",
    async () => {
      const only = randomUUID();
      const Dockerfile = `FROM ${base}\nRUN mkdir -p /d && echo ${only} > /d/f\nCOPY . /src\n`;
      const files = { Dockerfile, f: "x" };
      // An earlier commit leaves layers in the builder that are older than the commit to be built.
      await build(freshRepository(), { files });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const created = new Date().toISOString().replace(/\.\d+Z$/, "Z");
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const inputs = { reproducible: "true" };
      const warm = await build(freshRepository(), { files, plan: { created }, inputs });
      await forgetLayers(only);
      const cold = await build(freshRepository(), {
        files,
        plan: { created },
        inputs: { ...inputs, "no-cache": "true" },
      });
      expect(warm.results[0]?.manifest).toMatch(/^sha256:/);
      expect(cold.results[0]?.manifest).toBe(warm.results[0]?.manifest);
    },
    LONG,
  );

  it(
    "has the layers of the commit before where nothing has changed, and uploads only its own",
    async () => {
      const repository = freshRepository();
      const only = randomUUID();
      const Dockerfile = `FROM ${base}\nWORKDIR /app\nRUN echo ${only} > /lock\nCOPY source /source\n`;
      const builds: { readonly layers: readonly string[]; readonly uploads: number }[] = [];
      for (const created of ["2024-06-28T14:20:22Z", "2024-06-29T14:20:22Z", "2024-06-30T14:20:22Z"]) {
        github.clearRequests();
        const run = await build(repository, { files: { Dockerfile, source: created }, plan: { created } });
        const { manifest = "" } = run.results[0] ?? {};
        const layers = contentOf(repository, manifest).layers.map(({ digest }) => digest);
        const uploads = github.requests.filter(({ kind }) => kind === "upload-finish").length;
        builds.push({ layers: layers.slice(0, -1), uploads });
        expect((await readConfig(repository, manifest)).created).toBe(created);
      }
      const [first, ...next] = builds;
      expect(next.map(({ layers }) => layers)).toEqual(next.map(() => first?.layers));
      // The layer of the source, the image's config, the provenance and its config.
      for (const { uploads } of next) expect(uploads).toBeLessThanOrEqual(4);
    },
    LONG,
  );

  it.each([
    ["beside its target's folder", "docker/Dockerfile.base", "Dockerfile.prod"],
    ["out of its folder", "../docker/Dockerfile.base", "api/Dockerfile.prod"],
  ])(
    "of a Dockerfile that is a link %s keeps out what the link's ignore file says",
    async (_, target, file) => {
      const repository = freshRepository();
      const files = {
        "docker/Dockerfile.base": `FROM ${base}\nCOPY . /src\nRUN test -e /src/kept && test ! -e /src/ignored\n`,
        ...{ [`${file}.dockerignore`]: "ignored\n", ignored: "x", kept: "x" },
      };
      const run = await build(repository, { files, links: { [file]: target }, inputs: { file } });
      expect(run.errors).toEqual([]);
    },
    LONG,
  );

  it(
    "carries hostile labels byte for byte and is dated as the commit",
    async () => {
      const repository = freshRepository();
      const labels = Object.fromEntries(
        [
          "$(touch x)",
          "`id`",
          'a"b;c',
          "${{ secrets.X }}",
          "::set-output name=x::y",
          "🚢\u202ex",
          "-x",
          "b".repeat(300),
        ].map((branch, index) => [`dev.longshore.branch.${index}`, branch]),
      );
      const run = await build(repository, { plan: { labels }, inputs: { labels: "team=a=b, c" } });
      const config = await readConfig(repository, run.results[0]?.manifest ?? "");
      expect(config.config.Labels).toEqual({ ...labels, team: "a=b, c" });
      expect(config.created).toBe(examplePlan().created);
      expect(run.commands.filter((line) => !/^::(?:group|endgroup)::/.test(line))).toEqual([]);
    },
    LONG,
  );
});

it(
  "an image on a base that is ours too says nothing of the base's identity, with Docker's media types",
  async () => {
    const repository = freshRepository();
    const ofBase = [
      ...["dev.longshore.component=base", "dev.longshore.pull-request=7", "dev.longshore.fingerprint=file=00000000"],
      ...[
        `org.opencontainers.image.revision=${"9".repeat(40)}`,
        "org.opencontainers.image.created=2020-01-01T00:00:00Z",
      ],
    ];
    const Dockerfile = `FROM ${base} AS base\nLABEL ${ofBase.join(" ")}\nFROM base\nRUN echo built > /built\n`;
    const { labels } = planOf(push("refs/heads/main"), { commitDate: "" });
    const inputs = { "docker-media-types": "true" };
    const run = await build(repository, { plan: { labels }, inputs, files: { Dockerfile } });
    expect(run.errors).toEqual([]);
    const { Labels } = (await readConfig(repository, run.results[0]?.manifest ?? "")).config;
    expect(readImageFacts(Labels)).toEqual({
      ...{
        kind: "default-branch",
        component: "",
        branch: "main",
        revision: labels["org.opencontainers.image.revision"],
      },
      source: labels["org.opencontainers.image.source"],
      fingerprint: expect.stringMatching(/^file=[0-9a-f]{8}/),
    });
    expect(Labels).toMatchObject({ "dev.longshore.component": "", "dev.longshore.pull-request": "" });
  },
  LONG,
);

/** Takes the layers whose instruction holds this word from the builder; twice, as one that others stand on stays the first time. */
async function forgetLayers(word: string): Promise<void> {
  const records = (await capture("docker", ["buildx", "du", "--verbose"])).split("\n\n");
  const ids = records.filter((text) => text.includes(word)).flatMap((text) => /^ID:\s+(\S+)/mu.exec(text)?.[1] ?? []);
  for (const id of [...ids, ...ids]) {
    await capture("docker", ["buildx", "prune", "--all", "--force", "--filter", `id=${id}`]);
  }
}

describe("the cache", () => {
  it(
    "is told by the steps that came from it: none at first, then all, then those before the change",
    async () => {
      const repository = freshRepository();
      const only = randomUUID();
      const steps = (source: string, inputs: Readonly<Record<string, string>> = {}) => {
        const Dockerfile = `FROM ${base} AS made
RUN echo ${only} > /lock
COPY source /source
RUN cat /source && printf '\\r#1 [made 1/99] RUN x\\r#1 CACHED\\n'
FROM ${base}
COPY --from=made /source /source
`;
        return build(repository, { files: { Dockerfile, source }, inputs });
      };
      const first = await steps("one");
      expect(first.errors).toEqual([]);
      expect(first.results[0]?.steps).toEqual({ total: 4, cached: 0 });
      expect(first.stdout.split("\n")).toContain("Cache linux/amd64: 0 of 4 steps came from the cache.");
      expect((await steps("one")).results[0]?.steps).toEqual({ total: 4, cached: 4 });
      expect((await steps("two")).results[0]?.steps).toEqual({ total: 4, cached: 1 });
      const cold = await steps("two", { "no-cache": "true" });
      expect(cold.results[0]?.steps).toBeUndefined();
      expect(cold.stdout).not.toContain("came from the cache");
    },
    LONG,
  );

  it(
    "is told too where an empty builder fetches it from a registry, as on a new runner",
    async () => {
      const images = [`${debian.host}/${freshRepository()}`];
      const only = randomUUID();
      const steps = (change: string) => {
        const Dockerfile = `FROM ${base}\nRUN echo ${only} > /lock\nRUN cat /lock && echo ${only} ${change} > /changed\n`;
        return build("", { plan: { images }, inputs: { cache: "registry" }, files: { Dockerfile } });
      };
      expect((await steps("one")).results[0]?.steps).toEqual({ total: 2, cached: 0 });
      await forgetLayers(only);
      const run = await steps("two");
      expect(run.stdout).toMatch(/^#\d+ (?:extracting )?sha256:/mu);
      expect(run.results[0]?.steps).toEqual({ total: 2, cached: 1 });
    },
    LONG,
  );
});

describe("secrets", () => {
  it(
    "reach the build and neither its log nor its image",
    async () => {
      const repository = freshRepository();
      const { privateKey } = generateKeyPairSync("ed25519", {
        privateKeyEncoding: { type: "pkcs8", format: "pem" },
        publicKeyEncoding: { type: "spki", format: "pem" },
      });
      let left: readonly string[] = ["?"];
      const run = await build(repository, {
        files: {
          Dockerfile: `FROM ${base}
RUN --mount=type=secret,id=token test "$(wc -c < /run/secrets/token)" = 10
RUN --mount=type=secret,id=lines test "$(wc -l < /run/secrets/lines)" = 1
RUN --mount=type=ssh test -S "$SSH_AUTH_SOCK"
`,
        },
        inputs: { secrets: 'token=hunter2,=x\n"lines=swordfish\ntuna"', "ssh-key": privateKey, "no-cache": "true" },
        inspect: (folder) => {
          left = readdirSync(join(folder, "temp"));
        },
      });
      expect(run.errors).toEqual([]);
      expect(run.masks).toEqual(expect.arrayContaining(["hunter2,=x", "swordfish", "tuna"]));
      const log = run.stdout.replaceAll(/^::add-mask::.*$/gm, "") + run.stderr;
      const { manifest = "", digest = "" } = run.results[0] ?? {};
      const kept = JSON.stringify([await readConfig(repository, manifest), await readAttestations(repository, digest)]);
      for (const secret of ["hunter2", "swordfish", "PRIVATE KEY"]) {
        expect(log).not.toContain(secret);
        expect(kept).not.toContain(secret);
      }
      expect(left).toEqual([]);
    },
    LONG,
  );
});

async function readAttestations(repository: string, index: string): Promise<readonly string[]> {
  const { manifests } = contentOf(repository, index);
  const layers = manifests.flatMap(({ digest }) => {
    return contentOf(repository, digest).layers.filter(({ mediaType }) => mediaType.includes("in-toto"));
  });
  const blobs = await Promise.all(layers.map(({ digest }) => github.registry.blob(repository, digest)));
  return blobs.map((blob) => Buffer.from(blob ?? []).toString());
}

describe("a registry that fails for the moment", () => {
  const tooMany = { errors: [{ code: "TOOMANYREQUESTS", message: "retry-after: 76.77µs, allowed: 44000/minute" }] };
  const denied = { errors: [{ code: "DENIED", message: "denied" }] };
  const secondary = { errors: [{ code: "DENIED", message: "denied" }] };
  it.each([
    ["429", { kind: "manifest-write" }, { type: "answer", status: 429, body: tooMany }, 6, "429 Too Many Requests"],
    [
      "a bare 403",
      { kind: "blob-read", method: "HEAD" },
      { type: "answer", status: 403, body: secondary },
      1,
      "403 Forbidden",
    ],
    [
      "a denied manifest",
      { kind: "manifest-write" },
      { type: "answer", status: 403, body: denied },
      1,
      "403 Forbidden",
    ],
    [
      "a failing token service",
      { kind: "token", path: "push" },
      { type: "answer", status: 503, body: "<html>" },
      1,
      "503",
    ],
    [
      "503 beyond BuildKit's patience",
      { kind: "manifest-write" },
      { type: "answer", status: 503, body: "<html>" },
      4,
      "503",
    ],
    ["a broken line beyond it", { kind: "manifest-write" }, { type: "reset-before" }, 4, ""],
  ] as const)(
    "with %s is tried again",
    async (_, match, action, times, words) => {
      // The step's own question for leave to push comes first.
      inject({ match, action, times, skip: match.kind === "token" ? 1 : 0 });
      const run = await build(freshRepository());
      expect(run.errors).toEqual([]);
      expect(run.exitCode).toBe(0);
      expect(run.results[0]?.retries).toEqual([expect.stringContaining("Attempt 1 of 3 at linux/amd64 failed: ")]);
      expect(run.results[0]?.retries[0]).toContain(words);
      expect(run.warnings).toEqual([`${run.results[0]?.retries[0]} Trying again in 0 s.`]);
    },
    LONG,
  );

  it(
    "for good leaves a pull request with an archive and a green job",
    async () => {
      inject({
        match: { kind: "blob-read", method: "HEAD" },
        action: { type: "answer", status: 429 },
        times: Number.POSITIVE_INFINITY,
      });
      let inspected = "";
      const run = await build(freshRepository(), {
        inputs: { attempts: "2" },
        inspect: async (folder) => {
          const [name = ""] = readdirSync(join(folder, "temp")).filter((each) => each.endsWith(".oci.tar"));
          const archive = join(folder, "temp", name);
          inspected = await capture("skopeo", ["inspect", "--raw", `oci-archive:${archive}`]);
        },
      });
      expect(run).toMatchObject({
        exitCode: 0,
        errors: [],
        outputs: {
          delivery: "artifact",
          "archive-name": expect.stringMatching(/^image-app-\d+-[0-9a-f]{8}-linux-amd64-1$/),
        },
      });
      expect(run.outputs.archives).toMatch(/\/temp\/image-app-\d+-[0-9a-f]{8}-linux-amd64-1\.oci\.tar$/);
      const [result] = run.results;
      expect(result).toMatchObject({
        delivery: "artifact",
        archive: expect.stringMatching(/^image-app-\d+-[0-9a-f]{8}-linux-amd64-1\.oci\.tar$/),
        retries: { length: 1 },
      });
      expect(result?.size).toBeGreaterThan(1000);
      expect(JSON.parse(inspected).layers.length).toBeGreaterThan(0);
      expect(run.warnings.at(-1)).toContain("kept as an archive");
      expect(run.summary).toContain("Kept as OCI archives");
    },
    LONG,
  );

  it(
    "for good keeps an archive of any other build too, and fails",
    async () => {
      inject({
        match: { kind: "blob-read", method: "HEAD" },
        action: { type: "answer", status: 429 },
        times: Number.POSITIVE_INFINITY,
      });
      let kept = false;
      const run = await build(freshRepository(), {
        plan: { kind: "feature" },
        inputs: { attempts: "1" },
        inspect: (folder) => {
          kept = readdirSync(join(folder, "temp")).some((each) => each.endsWith(".oci.tar"));
        },
      });
      expect(run).toMatchObject({ exitCode: 1, outputs: { delivery: "artifact" } });
      expect(run.errors).toEqual([expect.stringContaining("The image is kept as an archive")]);
      expect(kept).toBe(true);
    },
    LONG,
  );
});

it(
  "a registry that goes on refusing is not down: the build fails, without an archive",
  async () => {
    const action = { type: "answer", status: 403, body: { errors: [{ code: "DENIED", message: "denied" }] } } as const;
    inject({ match: { kind: "manifest-write" }, action, times: Number.POSITIVE_INFINITY });
    const run = await build(freshRepository(), { inputs: { attempts: "2" } });
    expect(run).toMatchObject({ exitCode: 1, warnings: { length: 1 } });
    expect(run.errors).toEqual([
      expect.stringMatching(/could not be pushed: .*403 Forbidden\. .*If it stays: .*`permissions: packages: write`/),
    ]);
    expect(run.outputs.archives ?? "").toBe("");
  },
  LONG,
);

describe("what no second try mends fails at once:", () => {
  it(
    "a step of the Dockerfile, whatever it prints",
    async () => {
      github.clearRequests();
      const words =
        "ERROR: failed to push: 503 Service Unavailable\\n::error::spoofed\\n##[error]spoofed\\n  ::add-mask::x";
      const run = await build(freshRepository(), {
        files: { Dockerfile: `FROM ${base}\nRUN printf '${words}\\n' >&2 && exit 42\n` },
      });
      expect(run.exitCode).toBe(1);
      expect(run.errors).toHaveLength(1);
      expect(run.errors[0]).toMatch(/^linux\/amd64 could not be built: .*exit code: 42/);
      expect(run.warnings).toEqual([]);
      expect(run.masks).toEqual([]);
      expect(run.stdout.match(/^::group::Build/gm)).toHaveLength(1);
      expect(github.requests.filter(({ kind }) => kind === "upload-finish" || kind === "manifest-write")).toEqual([]);
    },
    LONG,
  );

  it(
    "a missing base image",
    async () => {
      const run = await build(freshRepository(), { files: { Dockerfile: `FROM ${debian.host}/none:1\n` } });
      expect(run.exitCode).toBe(1);
      expect(run.errors).toEqual([
        expect.stringMatching(/could not be built: .*none:1: not found\. Check the name of the base image/),
      ]);
    },
    LONG,
  );

  it.each([
    ["packages: write", { packages: "read" }, "`packages: write`"],
    ["the package's leave for this repository", { packages: "write", only: ["acme/other"] }, "Manage Actions access"],
  ] as const)(
    "a token without %s, before anything is built",
    async (_, rights, words) => {
      const repository = freshRepository();
      github.registry.putManifest(repository, { schemaVersion: 2, mediaType: INDEX, manifests: [] }, ["other"]);
      const poor = await logIn({ [github.host]: github.token(rights) });
      const run = await build(repository, { env: poor.env });
      await poor.remove();
      expect(run.exitCode).toBe(1);
      expect(run.errors).toHaveLength(1);
      expect(run.errors[0]).toContain(words);
      expect(run.stdout).not.toContain("::group::Build");
    },
    LONG,
  );

  it(
    "a login the registry refuses",
    async () => {
      const wrong = await logIn({ [github.host]: "ghs_wrong" });
      const run = await build(freshRepository(), { env: wrong.env });
      await wrong.remove();
      expect(run.exitCode).toBe(1);
      expect(run.errors).toHaveLength(1);
      expect(run.errors[0]).toContain(github.host);
    },
    LONG,
  );
});

describe("without leave to push", () => {
  it(
    "the image is built into an archive and the registry is left alone",
    async () => {
      github.clearRequests();
      const run = await build(freshRepository(), {
        plan: { delivery: "artifact", reason: "The pull request is a fork's." },
      });
      expect(run).toMatchObject({ exitCode: 0, warnings: [], errors: [], outputs: { delivery: "artifact" } });
      expect(github.requests).toEqual([]);
      expect(run.summary).toContain("a fork");
    },
    LONG,
  );
});

describe("a finished image of this revision", () => {
  const plan = examplePlan();
  const annotations = { "org.opencontainers.image.revision": plan.revision };

  async function finish(repository: string, note: object): Promise<BuildRun> {
    const run = await build(repository, { inputs: { provenance: "none" } });
    const { digest = "" } = run.results[0] ?? {};
    const { bytes, mediaType } = github.registry.manifest(repository, digest) ?? { bytes: [], mediaType: "" };
    const manifests = [{ mediaType, digest, size: bytes.length, platform: { os: "linux", architecture: "amd64" } }];
    const index = {
      schemaVersion: 2,
      mediaType: INDEX,
      manifests,
      annotations: note,
    };
    github.registry.putManifest(repository, index, [plan.primaryTag]);
    return run;
  }

  it(
    "is reused and nothing is built",
    async () => {
      const repository = freshRepository();
      const first = await finish(repository, annotations);
      const run = await build(repository);
      expect(run.outputs).toMatchObject({ reused: "true", digest: first.results[0]?.manifest });
      expect(run.warnings).toEqual([expect.stringContaining("does not tell by which inputs")]);
      const { steps, fingerprint, ...built } = { ...first.results[0] };
      expect(fingerprint).toMatch(/^file=/);
      expect(steps?.total).toBe(1);
      expect(run.results).toEqual([{ ...built, reused: true, seconds: expect.any(Number) }]);
      expect(run.stdout).not.toContain("came from the cache");
      expect(run.stdout).not.toContain("::group::Build");
      expect((await build(repository, { inputs: { reuse: "false" } })).outputs.reused).toBe("false");
      expect((await build(repository, { inputs: { platforms: "linux/amd64,linux/arm64" } })).outputs.reused).toBe(
        "false",
      );
    },
    LONG,
  );

  it(
    "that has lost a part, or is of another revision, is built",
    async () => {
      const repository = freshRepository();
      await finish(repository, { "org.opencontainers.image.revision": "f".repeat(40) });
      expect((await build(repository)).outputs.reused).toBe("false");
      const child = {
        mediaType: "application/vnd.oci.image.manifest.v1+json",
        digest: `sha256:${"a".repeat(64)}`,
        size: 1,
      };
      const manifests = [{ ...child, platform: { os: "linux", architecture: "amd64" } }];
      github.registry.putManifest(repository, { schemaVersion: 2, mediaType: INDEX, manifests, annotations }, [
        plan.primaryTag,
      ]);
      expect((await build(repository)).outputs.reused).toBe("false");
    },
    LONG,
  );
});

describe("the cache in the registry", () => {
  it(
    "is read by the next build, and failing to write it fails nothing",
    async () => {
      const repository = freshRepository();
      const images = [`${debian.host}/${repository}`];
      const inputs = { cache: "registry,gha" };
      const first = await build(repository, { plan: { images }, inputs });
      expect(first.notices).toEqual([expect.stringContaining("ACTIONS_RUNTIME_TOKEN")]);
      const { tags } = (await (await fetch(`http://${debian.host}/v2/${repository}/tags/list`)).json()) as {
        tags: string[];
      };
      expect(tags).toEqual(["cache-linux-amd64-pr-12"]);
      inject({
        match: { kind: "manifest-write", path: "cache-" },
        action: { type: "answer", status: 400 },
        times: Number.POSITIVE_INFINITY,
      });
      const second = await build(repository, {
        plan: { images },
        inputs: { ...inputs, "cache-image": `${github.host}/acme/cache` },
      });
      expect(second).toMatchObject({ exitCode: 0, errors: [] });
    },
    LONG,
  );
});
