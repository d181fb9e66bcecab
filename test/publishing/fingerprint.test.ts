import { createHash } from "node:crypto";
import { type BuildInputs, compareFingerprints, fingerprintBuild } from "@longshore/publishing";
import { isFingerprint } from "@longshore/tagging";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const plain: BuildInputs = {
  ...{ file: "Dockerfile", dockerfileText: "FROM scratch\n", context: "", target: "" },
  ...{ buildArgs: [], volatile: [], buildContexts: [], labels: [], secretIds: [], hasSshKey: false },
  ...{ provenance: "auto", sbom: false, dockerMediaTypes: false, reproducible: false, submodules: "false" },
};
const print = (changes: Partial<BuildInputs> = {}) => fingerprintBuild({ ...plain, ...changes }, hash);

describe("the fingerprint of a build", () => {
  it.each<[string, Partial<BuildInputs>]>([
    ["file", { file: "ci/Dockerfile" }],
    ["file", { dockerfileText: "FROM busybox\n" }],
    ["context", { context: "api" }],
    ["target", { target: "prod" }],
    ["build-args", { buildArgs: ["A=1"] }],
    ["build-contexts", { buildContexts: ["base=docker-image://alpine"] }],
    ["labels", { labels: ["team=web"] }],
    ["secrets", { secretIds: ["token"] }],
    ["ssh-key", { hasSshKey: true }],
    ["provenance", { provenance: "max" }],
    ["sbom", { sbom: true }],
    ["docker-media-types", { dockerMediaTypes: true }],
    ["reproducible", { reproducible: true }],
    ["submodules", { submodules: "true" }],
    ["submodules", { submodules: "recursive" }],
  ])("is another with another %s, and tells it", (input, changes) => {
    expect(compareFingerprints(print(), print(changes))).toEqual([input]);
  });

  it("of all inputs is one that labels can hold", () => {
    const all = print({
      ...{ context: "a", target: "b", buildArgs: ["A=1"], buildContexts: ["a=b"], labels: ["a=b"], secretIds: ["a"] },
      ...{
        hasSshKey: true,
        provenance: "max",
        sbom: true,
        dockerMediaTypes: true,
        reproducible: true,
        submodules: "recursive",
      },
    });
    expect(isFingerprint(all)).toBe(true);
    expect(all.split(",")).toHaveLength(13);
  });

  const argument = fc.stringMatching(/^[A-Z]{1,3}=[a-z0-9]{12,20}$/);
  const args = fc.uniqueArray(argument, { maxLength: 6, selector: (line) => line.replace(/=.*/, "") });

  it("does not depend on the order of build arguments of different names, nor on the volatile ones", () => {
    fc.assert(
      fc.property(args, fc.string({ minLength: 1 }), (buildArgs, number) => {
        const volatile = ["BUILD_NUMBER"];
        const other = [`BUILD_NUMBER=${number}`, ...[...buildArgs].reverse()];
        expect(print({ buildArgs: other, volatile })).toBe(print({ buildArgs, volatile }));
      }),
    );
  });

  it("does not depend on volatile labels either", () => {
    const volatile = ["BUILD_NUMBER", "org.example.run/id"];
    const labels = ["team=web", "org.example.run/id=7"];
    expect(print({ labels, volatile })).toBe(print({ labels: ["team=web", "org.example.run/id=8"], volatile }));
    expect(print({ labels: ["org.example.run/id=7"], volatile })).toBe(print());
    expect(print({ labels: ["team=ops"], volatile })).not.toBe(print({ labels: ["team=web"], volatile }));
  });

  it.each(["buildArgs", "labels", "buildContexts"] as const)(
    "depends on the order of %s of one name: the last counts",
    (list) => {
      expect(print({ [list]: ["A=1", "B=3", "A=2"] })).toBe(print({ [list]: ["B=3", "A=1", "A=2"] }));
      expect(print({ [list]: ["A=1", "A=2"] })).not.toBe(print({ [list]: ["A=2", "A=1"] }));
    },
  );

  it("tells two lists of build arguments apart, however they are cut", () => {
    expect(print({ buildArgs: ["A=1,B=2"] })).not.toBe(print({ buildArgs: ["A=1", "B=2"] }));
  });

  it("never holds a value", () => {
    fc.assert(
      fc.property(args, (buildArgs) => {
        for (const line of buildArgs) expect(print({ buildArgs })).not.toContain(line.replace(/^.*=/, ""));
      }),
    );
  });

  it("that is not known differs from none", () => {
    expect(compareFingerprints(undefined, print())).toEqual([]);
    expect(compareFingerprints(print(), undefined)).toEqual([]);
  });
});
