import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ghcrFaults } from "../../doubles/ghcr-faults.ts";
import { type GitHubDouble, startGitHubDouble } from "../../doubles/github-double.ts";
import { packagesSession } from "../../doubles/packages-session.ts";
import { startDebianRegistry } from "../../rehearsal/engine/debian-registry.ts";
import { capture, succeeds } from "../../rehearsal/engine/run-command.ts";

/** One registry under test, and what its clients need to reach it. */
interface Bench {
  readonly host: string;
  readonly double?: GitHubDouble;
  /** With a Docker configuration of its own, logged in where a login is asked for. */
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  stop(): Promise<void>;
}

const platforms = ["linux/amd64", "linux/arm64"];
const ociIndex = "application/vnd.oci.image.index.v1+json";
const created = "1767225600";
const hasOras = await succeeds("oras", ["version"]);
const hasCosign = await succeeds("cosign", ["version"]);

async function startBench(host: string, stopRegistry: () => Promise<void>, token?: string): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "registry-clients-"));
  const config = join(folder, "docker");
  await mkdir(config);
  // The engine's plugins and builders, with another login.
  await cp(process.env.DOCKER_CONFIG ?? "", config, { recursive: true, verbatimSymlinks: true });
  const env = { ...process.env, DOCKER_CONFIG: config, SOURCE_DATE_EPOCH: created };
  const stop = async () => {
    await stopRegistry();
    await rm(folder, { recursive: true, force: true });
  };
  if (token !== undefined) {
    const login = capture("docker", ["login", host, "--username", "octocat", "--password", token], env);
    await login.catch(async (error: unknown) => {
      await stop();
      throw error;
    });
  }
  return { host, env, folder, stop };
}

async function startDouble(): Promise<Bench> {
  const double = await startGitHubDouble();
  return { ...(await startBench(double.host, double.stop, double.token())), double };
}

async function startDebian(): Promise<Bench> {
  const registry = await startDebianRegistry();
  return startBench(registry.host, registry.stop);
}

describe.each([
  ["the double", startDouble],
  ["Debian's docker-registry", startDebian],
])("%s, asked by real clients", (_name, start) => {
  let bench: Bench;
  const digests: Record<string, string> = {};
  let index = "";

  const run = (program: string, ...args: readonly string[]) => capture(program, args, bench.env);
  const docker = (...args: readonly string[]) => run("docker", ...args);
  const build = async (platform: string, ...options: readonly string[]) => {
    const metadata = join(bench.folder, "metadata.json");
    const args = ["buildx", "build", "--platform", platform, "--metadata-file", metadata, ...options];
    await docker(...args, join(bench.folder, "context"));
    return JSON.parse(await readFile(metadata, "utf8"))["containerimage.digest"] as string;
  };

  beforeAll(async () => {
    bench = await start();
    await mkdir(join(bench.folder, "context"));
    // Bigger than one network packet, and than one chunk of most clients.
    await writeFile(join(bench.folder, "context", "big"), Buffer.alloc(3_000_000, "longshore"));
    await writeFile(
      join(bench.folder, "context", "Dockerfile"),
      'FROM scratch\nARG TARGETARCH\nLABEL arch=$TARGETARCH\nCOPY big /big\nCMD ["/big"]\n',
    );
  }, 60_000);
  afterAll(() => bench.stop());

  it("takes each platform's image from BuildKit by digest", async () => {
    const output = `type=image,name=${bench.host}/acme/app,push-by-digest=true,name-canonical=true,push=true`;
    for (const platform of platforms) {
      digests[platform] = await build(platform, "--provenance=mode=max", "--output", output);
    }
    const raw = await docker(
      "buildx",
      "imagetools",
      "inspect",
      "--raw",
      `${bench.host}/acme/app@${digests["linux/arm64"]}`,
    );
    const attestation = { platform: { architecture: "unknown", os: "unknown" } };
    expect(JSON.parse(raw)).toMatchObject({
      mediaType: ociIndex,
      manifests: [{ platform: { architecture: "arm64" } }, attestation],
    });
  });

  it("joins them with imagetools, and reads the index back", async () => {
    const sources = platforms.map((platform) => `${bench.host}/acme/app@${digests[platform]}`);
    await docker("buildx", "imagetools", "create", "--tag", `${bench.host}/acme/app:1`, ...sources);
    const printed = await docker("buildx", "imagetools", "inspect", `${bench.host}/acme/app:1`);
    for (const platform of platforms) expect(printed).toContain(platform);
    index = /^Digest:\s+(sha256:\w+)/m.exec(printed)?.[1] ?? "";
    expect(index).toMatch(/^sha256:/);
  });

  it("mounts what another repository has when imagetools copies an index there", async () => {
    await docker("buildx", "imagetools", "create", "--tag", `${bench.host}/acme/copy:1`, `${bench.host}/acme/app:1`);
    const raw = await docker("buildx", "imagetools", "inspect", "--raw", `${bench.host}/acme/copy:1`);
    expect(JSON.parse(raw).manifests).toHaveLength(4);
  });

  it("is pulled from and pushed to by docker", async () => {
    await docker("pull", "--platform", "linux/arm64", `${bench.host}/acme/app:1`);
    const known = await docker("inspect", "--format", "{{.RepoDigests}}", `${bench.host}/acme/app:1`);
    expect(known).toContain(index);
    await docker(
      "buildx",
      "build",
      "--load",
      "--provenance=false",
      "--tag",
      `${bench.host}/acme/docker:1`,
      join(bench.folder, "context"),
    );
    expect(await docker("push", `${bench.host}/acme/docker:1`)).toMatch(/digest: sha256:/);
    await docker("rmi", `${bench.host}/acme/docker:1`);
    await docker("pull", `${bench.host}/acme/docker:1`);
    await docker("rmi", `${bench.host}/acme/docker:1`, `${bench.host}/acme/app:1`);
  });

  it("keeps BuildKit's cache, and gives it back", async () => {
    const cache = `type=registry,ref=${bench.host}/acme/app:cache`;
    await build(
      "linux/amd64",
      "--cache-to",
      `${cache},mode=max,oci-mediatypes=true,image-manifest=true`,
      "--output",
      "type=cacheonly",
    );
    await build("linux/amd64", "--cache-from", cache, "--output", "type=cacheonly");
    expect(
      await run("skopeo", "inspect", "--raw", "--tls-verify=false", `docker://${bench.host}/acme/app:cache`),
    ).toContain("layers");
  });

  it("takes Docker's own media types", async () => {
    const output = `type=image,name=${bench.host}/acme/app:docker,oci-mediatypes=false,push=true`;
    await build(platforms.join(","), "--provenance=false", "--output", output);
    const raw = await docker("buildx", "imagetools", "inspect", "--raw", `${bench.host}/acme/app:docker`);
    expect(JSON.parse(raw).mediaType).toBe("application/vnd.docker.distribution.manifest.list.v2+json");
  });

  it("is listed, inspected and copied by skopeo", async () => {
    const own = `docker://${bench.host}/acme/app`;
    const flags = ["--tls-verify=false"];
    const listed = JSON.parse(await run("skopeo", "list-tags", ...flags, own));
    expect(listed.Tags.sort()).toEqual(["1", "cache", "docker"]);
    const authFile = ["--authfile", join(bench.folder, "docker", "config.json")];
    const both = ["--src-tls-verify=false", "--dest-tls-verify=false", ...(bench.double ? authFile : [])];
    const there = `docker://${bench.host}/acme/skopeo:1`;
    await run("skopeo", "copy", "--insecure-policy", "--all", "--preserve-digests", ...both, `${own}@${index}`, there);
    const inspected = await run("skopeo", "inspect", "--raw", ...flags, there);
    expect(JSON.parse(inspected)).toMatchObject({ mediaType: ociIndex });
    await run("skopeo", "copy", "--insecure-policy", "--all", ...both, there, `dir:${join(bench.folder, "copy")}`);
    await run(
      "skopeo",
      "copy",
      "--insecure-policy",
      "--all",
      "--preserve-digests",
      ...both,
      `dir:${join(bench.folder, "copy")}`,
      `docker://${bench.host}/acme/skopeo:2`,
    );
    expect(await run("skopeo", "inspect", "--raw", ...flags, `docker://${bench.host}/acme/skopeo:2`)).toBe(inspected);
  });

  it.runIf(hasOras)("takes a referrer from oras, which finds it by the fallback tag", async () => {
    const config = ["--registry-config", join(bench.folder, "docker", "config.json")];
    const flags = ["--plain-http", ...(bench.double ? config : [])];
    const file = join(bench.folder, "sbom.json");
    await writeFile(file, "{}");
    const subject = `${bench.host}/acme/app@${index}`;
    const attach = ["attach", "--artifact-type", "application/sbom", "--disable-path-validation", ...flags];
    await run("oras", ...attach, subject, `${file}:application/json`);
    expect(await run("oras", "discover", ...flags, subject)).toContain("application/sbom");
    const tags = await run("oras", "repo", "tags", ...flags, `${bench.host}/acme/app`);
    expect(tags).toContain(index.replace(":", "-"));
  });

  it.runIf(hasCosign)("takes cosign's signature of the index", async () => {
    const env = { ...bench.env, COSIGN_PASSWORD: "" };
    const cosign = (...args: readonly string[]) => capture("cosign", args, env);
    const key = join(bench.folder, "key");
    await cosign("generate-key-pair", "--output-key-prefix", key);
    const subject = `${bench.host}/acme/app@${index}`;
    await cosign("sign", "--yes", "--key", `${key}.key`, "--tlog-upload=false", "--allow-insecure-registry", subject);
    const verify = ["--key", `${key}.pub`, "--insecure-ignore-tlog=true", "--allow-insecure-registry"];
    expect(await cosign("verify", ...verify, subject)).toContain(index);
  });

  it("was asked nothing that the double does not know", () => {
    const { requests } = bench.double ?? { requests: [] };
    expect(requests.filter(({ kind, status }) => kind === "unknown-registry" || status >= 500)).toEqual([]);
    const mounts = requests.filter(({ path, status }) => path.includes("mount=") && status === 201);
    expect(mounts.length > 0).toBe(bench.double !== undefined);
  });
});

describe("the double, asked by real clients", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startDouble();
    await writeFile(join(bench.folder, "Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
  });
  afterAll(() => bench.stop());

  const push = (env: NodeJS.ProcessEnv, image = `${bench.host}/acme/new:1`) => {
    const output = `type=image,name=${image},push=true`;
    return capture("docker", ["buildx", "build", "--provenance=false", "--output", output, bench.folder], env).then(
      () => "pushed",
      (error: Error) => error.message,
    );
  };

  it("turns what BuildKit pushed into package versions, one for each manifest", async () => {
    const output = `type=image,name=${bench.host}/acme/new:1,push=true`;
    const args = ["buildx", "build", "--platform", platforms.join(","), "--provenance=mode=max", "--output", output];
    await capture("docker", [...args, bench.folder], bench.env);
    const versions = bench.double?.registry.versions("acme/new") ?? [];
    expect(versions).toHaveLength(5);
    expect(versions.filter(({ tags }) => tags.length > 0).map(({ tags }) => tags)).toEqual([["1"]]);
  });

  it("deletes and restores by the Packages API what BuildKit pushed, children apart", async () => {
    const image = `${bench.host}/acme/pruned`;
    const pushAs = (tag: string, ...args: readonly string[]) => {
      const output = ["--output", `type=image,name=${image}:${tag},push=true`];
      return capture("docker", ["buildx", "build", ...args, ...output, bench.folder], bench.env);
    };
    await pushAs("old", "--platform", platforms.join(","), "--provenance=mode=max");
    await pushAs("new", "--provenance=false", "--label", "new=1");
    const inspect = (reference: string) =>
      capture("docker", ["buildx", "imagetools", "inspect", "--raw", `${image}${reference}`], bench.env);
    const { manifests } = JSON.parse(await inspect(":old"));
    const double = bench.double as GitHubDouble;
    const api = packagesSession(double, double.token(), "orgs/acme/packages/container/pruned");
    const { body } = await api.versions();
    const find = (tag: string) =>
      body.find((row: { metadata: { container: { tags: string[] } } }) => row.metadata.container.tags.includes(tag));
    expect(body).toHaveLength(6);
    expect((await api.remove(find("old").id)).status).toBe(204);
    await expect(inspect(":old")).rejects.toThrow(/not found/);
    expect(JSON.parse(await inspect(`@${manifests[0].digest}`))).toHaveProperty("layers");
    expect((await api.remove(find("new").id)).status).toBe(400);
    expect((await api.restore(find("old").id)).status).toBe(204);
    expect(JSON.parse(await inspect(":old")).manifests).toEqual(manifests);
  });

  it("refuses a read-only token's push in GHCR's words, and a push without login", async () => {
    const reader = await startBench(bench.host, async () => {}, bench.double?.token({ packages: "read" }));
    // BuildKit tells the status only; skopeo the words.
    expect(await push(reader.env)).toMatch(/(POST|PUT) request .* 403 Forbidden/);
    const flags = ["--insecure-policy", "--src-tls-verify=false", "--dest-tls-verify=false"];
    const login = ["--authfile", join(reader.folder, "docker", "config.json")];
    const copy = (to: string) => {
      const images = [`docker://${bench.host}/acme/new:1`, `docker://${bench.host}/acme/${to}:2`];
      return capture("skopeo", ["copy", ...flags, ...login, ...images], reader.env);
    };
    await expect(copy("other")).rejects.toThrow("denied: installation not allowed to Create organization package");
    await expect(copy("new")).rejects.toThrow("denied: permission_denied: write_package");
    const nobody = await startBench(bench.host, async () => {});
    expect(await push(nobody.env)).toContain("403 Forbidden");
    await Promise.all([reader.stop(), nobody.stop()]);
  });

  it("refuses a login with a token it does not know", async () => {
    await expect(startBench(bench.host, async () => {}, "ghs_wrong")).rejects.toThrow(/denied/);
  });

  it.each([
    ["a gateway's page in HTML", { match: { kind: "manifest-write" }, action: ghcrFaults.badGateway }, "pushed"],
    ["a reset", { match: { kind: "upload-start" }, action: { type: "reset-before" } }, "pushed"],
    ["a lost reply", { match: { kind: "manifest-write" }, action: { type: "reset-after-effect" } }, "pushed"],
    ["the secondary limit", { match: { kind: "upload-start" }, action: ghcrFaults.secondaryLimit }, "403 Forbidden"],
    ["one 429", { match: { kind: "manifest-write" }, action: ghcrFaults.tooManyRequests }, "pushed"],
    // Tried again at once and a few times only, whatever `retry-after` says.
    [
      "429 for long",
      { match: { kind: "manifest-write" }, times: 50, action: ghcrFaults.tooManyRequests },
      "429 Too Many Requests",
    ],
    ["a gateway's page for a token", { match: { kind: "token" }, action: ghcrFaults.badGateway }, "502 Bad Gateway"],
  ] as const)("puts BuildKit through %s", async (name, fault, expected) => {
    const image = `${bench.host}/acme/${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}:1`;
    const injected = bench.double?.inject(fault);
    expect(await push(bench.env, image)).toContain(expected);
    expect(injected?.struck).toBeGreaterThan(0);
    injected?.remove();
  });
});
