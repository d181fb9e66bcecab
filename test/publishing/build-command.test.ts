import { type BuildRequest, chooseProvenance, planBuildCommand } from "@longshore/publishing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";

const request: BuildRequest = {
  plan: examplePlan(),
  platform: "linux/amd64",
  context: "/w",
  dockerfile: "/w/Dockerfile",
  metadataFile: "/t/metadata.json",
  target: "",
  buildArgs: [],
  buildContexts: [],
  labels: [],
  secrets: [],
  fingerprint: "file=1a2b3c4d,args=5e6f7a8b",
  reproducible: false,
  noCache: false,
  pull: false,
  provenance: "max",
  sbom: false,
  dockerMediaTypes: false,
  cache: { from: [], to: [], notices: [] },
};

/** Values that follow a flag. */
function valuesOf(args: readonly string[], flag: string): readonly string[] {
  return args.flatMap((arg, index) => (args[index - 1] === flag ? [arg] : []));
}

describe("the build command", () => {
  it("pushes by digest to every repository at once", () => {
    const { args } = planBuildCommand(request);
    expect(args).toContain(
      '--output=type=image,"name=ghcr.io/acme/app,docker.io/acme/app",push-by-digest=true,name-canonical=true,push=true,store=false,oci-mediatypes=true',
    );
    expect(args).toContain("--provenance=mode=max");
    expect(args).toContain("--sbom=false");
    expect(args.at(-1)).toBe("/w");
  });

  it("names one repository without quotes", () => {
    const { args } = planBuildCommand({ ...request, plan: examplePlan({ images: ["ghcr.io/acme/app"] }) });
    expect(args).toContain(
      "--output=type=image,name=ghcr.io/acme/app,push-by-digest=true,name-canonical=true,push=true,store=false,oci-mediatypes=true",
    );
  });

  it("writes an archive without attestations", () => {
    const { args } = planBuildCommand({ ...request, archive: "/t/image-app-linux-amd64.oci.tar", sbom: true });
    expect(args).toContain(
      "--output=type=oci,name=ghcr.io/acme/app:pr-12-abc1234,dest=/t/image-app-linux-amd64.oci.tar",
    );
    expect(args).toContain("--provenance=false");
    expect(args).toContain("--sbom=false");
  });

  it("asks for OCI media types also where provenance is off, since BuildKit's own default is Docker's then", () => {
    const { args } = planBuildCommand({ ...request, provenance: "none" });
    expect(args.find((arg) => arg.startsWith("--output="))).toMatch(/,oci-mediatypes=true$/);
    expect(args).toContain("--provenance=false");
  });

  it("uses Docker's media types and no attestations where asked", () => {
    const { args } = planBuildCommand({ ...request, dockerMediaTypes: true, sbom: true });
    expect(args.find((arg) => arg.startsWith("--output="))).toMatch(/,push=true,store=false,oci-mediatypes=false$/);
    expect(args).toContain("--provenance=false");
    expect(args).toContain("--sbom=false");
  });

  it("dates the image as the commit, and neither the steps nor the layers, which other commits share", () => {
    const { args, env } = planBuildCommand({ ...request, sourceDateEpoch: 1_719_584_422 });
    expect(env).toEqual({});
    expect(args.find((arg) => arg.startsWith("--output="))).toMatch(/,source-date-epoch=1719584422$/);
  });

  it("dates everything as the commit where the same image is to come out again", () => {
    const { args, env } = planBuildCommand({ ...request, reproducible: true, sourceDateEpoch: 1_719_584_422 });
    expect(env.SOURCE_DATE_EPOCH).toBe("1719584422");
    expect(args.find((arg) => arg.startsWith("--output="))).toMatch(/,rewrite-timestamp=true$/);
  });

  it.each([
    [false, "--annotation", "manifest:dev.longshore.fingerprint=file=1a2b3c4d,args=5e6f7a8b"],
    [true, "--label", "dev.longshore.fingerprint=file=1a2b3c4d,args=5e6f7a8b"],
  ])("keeps what it was told by, with Docker's media types %s", (dockerMediaTypes, flag, value) => {
    const { args } = planBuildCommand({ ...request, dockerMediaTypes });
    expect([...valuesOf(args, "--annotation"), ...valuesOf(args, "--label")]).toEqual([value]);
    expect(valuesOf(args, flag)).toEqual([value]);
  });

  it.each([
    ["auto", true, "max"],
    ["auto", false, "min"],
    ["max", false, "max"],
    ["min", true, "min"],
    ["none", true, "none"],
  ] as const)("of provenance %s, public %s, has %s", (asked, isPublic, chosen) => {
    expect(chooseProvenance(asked, isPublic)).toBe(chosen);
  });

  it("passes on what the caller asked for", () => {
    const { args } = planBuildCommand({
      ...request,
      target: "prod",
      noCache: true,
      pull: true,
      sshKeyFile: "/t/key",
      buildArgs: ["A=1", "B=-x"],
      buildContexts: ["base=docker-image://alpine"],
      cache: { from: ["type=gha,scope=x"], to: ["type=gha,scope=x,mode=max"], notices: [] },
    });
    expect(args).toEqual(expect.arrayContaining(["--target=prod", "--no-cache", "--pull"]));
    expect(valuesOf(args, "--ssh")).toEqual(["default=/t/key"]);
    expect(valuesOf(args, "--build-arg")).toEqual(["A=1", "B=-x"]);
    expect(valuesOf(args, "--build-context")).toEqual(["base=docker-image://alpine"]);
    expect(valuesOf(args, "--cache-from")).toEqual(["type=gha,scope=x"]);
    expect(valuesOf(args, "--cache-to")).toEqual(["type=gha,scope=x,mode=max"]);
  });

  it("never holds a secret's value, which is in the environment alone", () => {
    const secret = fc.record({ id: fc.stringMatching(/^[A-Za-z0-9_.-]{1,12}$/), value: fc.string({ minLength: 16 }) });
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 5 }), (secrets) => {
        const { args, env } = planBuildCommand({ ...request, secrets });
        for (const { value } of secrets) expect(args.join("\n")).not.toContain(value);
        const given = valuesOf(args, "--secret").map((flag) => /^id=(.*),env=(\w+)$/.exec(flag));
        expect(given.map((match) => ({ id: match?.[1], value: env[match?.[2] ?? ""] }))).toEqual(secrets);
      }),
    );
  });

  it("keeps every label an argument of its own, whatever it holds", () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "$(touch x)",
        "`id`",
        'a"b;c',
        "${{ secrets.X }}",
        "::set-output::",
        "a\nb",
        "-x",
        "🚢",
        "\u202eabc",
      ),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z.]{1,20}$/), hostile), (labels) => {
        const { args } = planBuildCommand({ ...request, plan: examplePlan({ labels }) });
        expect(valuesOf(args, "--label")).toEqual(Object.entries(labels).map(([key, value]) => `${key}=${value}`));
        expect(args.at(-1)).toBe("/w");
      }),
    );
  });
});
