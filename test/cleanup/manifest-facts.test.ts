import { parseManifestFacts } from "@longshore/cleanup";
import { InputError } from "@longshore/language";
import { describe, expect, it } from "vitest";
import { digestOf } from "./example-package.ts";

const read = (value: unknown) => parseManifestFacts(digestOf("it"), JSON.stringify(value));
const part = (mediaType: string, word: string, more: object = {}) => ({
  ...{ mediaType, digest: digestOf(word), size: 7 },
  ...more,
});
const manifestType = "application/vnd.oci.image.manifest.v1+json";

describe("the facts of a manifest", () => {
  it("are what an index holds, and what below it may hold more", () => {
    const facts = read({
      manifests: [
        part(manifestType, "amd64"),
        part("application/vnd.docker.distribution.manifest.v2+json", "arm64"),
        part("application/vnd.oci.image.index.v1+json", "nested"),
        part("application/vnd.docker.distribution.manifest.list.v2+json", "list"),
        part("application/vnd.example", "strange"),
      ],
    });
    expect(facts.kind).toBe("index");
    expect(facts.children).toEqual(["amd64", "arm64", "nested", "list", "strange"].map(digestOf));
    expect(facts.nested).toEqual(["nested", "list", "strange"].map(digestOf));
  });

  it("are the attestations of an index, with what they are about", () => {
    const annotations = { "vnd.docker.reference.digest": digestOf("amd64") };
    const facts = read({
      manifests: [
        part(manifestType, "amd64"),
        part(manifestType, "attestation", { annotations }),
        part(manifestType, "signature", { artifactType: "application/vnd.example" }),
      ],
    });
    expect(facts.artifacts).toEqual([
      { digest: digestOf("attestation"), about: digestOf("amd64") },
      { digest: digestOf("signature") },
    ]);
  });

  it("are config and layers, subject and annotations of a manifest", () => {
    const facts = read({
      config: part("config", "config"),
      layers: [part("layer", "layer")],
      subject: part(manifestType, "subject"),
      annotations: { "dev.longshore.kind": "pull-request", "dev.longshore.pull-request": "12" },
    });
    expect(facts.blobs).toEqual([
      { digest: digestOf("config"), size: 7 },
      { digest: digestOf("layer"), size: 7 },
    ]);
    expect(facts.subject).toBe(digestOf("subject"));
    expect(facts.image).toMatchObject({ kind: "pull-request", pullRequest: 12 });
  });

  it("are the blobs of BuildKit's cache, which comes as an index", () => {
    const facts = read({
      manifests: [
        part("application/vnd.oci.image.layer.v1.tar+gzip", "layer"),
        part("application/vnd.buildkit.cacheconfig.v0", "config"),
      ],
    });
    expect(facts.children).toEqual([]);
    expect(facts.blobs.map(({ digest }) => digest)).toEqual(["layer", "config"].map(digestOf));
  });

  it("count the manifest's own bytes", () => {
    expect(parseManifestFacts(digestOf("it"), '{"annotations":{"a":"ü"}}').size).toBe(26);
  });

  it("are those of a manifest without parts where a JSON object is something else", () => {
    expect(read({ schemaVersion: 1, fsLayers: [{ blobSum: "sha256:1" }] })).toMatchObject({
      ...{ kind: "manifest", children: [], blobs: [] },
    });
  });

  it("survive a cache of JSON", () => {
    const facts = read({ manifests: [part(manifestType, "amd64")], annotations: { "dev.longshore.kind": "feature" } });
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it.each<readonly [string, string, RegExp]>([
    ["an HTML page", "<html>", /is not JSON/],
    ["a list", "[]", /is not a JSON object/],
    ["a part without digest", '{"manifests":[{"size":1}]}', /names a part without a digest/],
    ["a part that is no object", '{"manifests":[null]}', /names a part without a digest/],
    ["layers that are none", '{"layers":"many"}', /a list of parts that is none/],
  ])("are not to be had from %s", (_, text, message) => {
    expect(() => parseManifestFacts(digestOf("it"), text)).toThrow(InputError);
    expect(() => parseManifestFacts(digestOf("it"), text)).toThrow(message);
  });
});
