import { type ManifestFacts, sumReclaimed } from "@longshore/cleanup";
import { expect, it } from "vitest";

function manifest(digest: string, blobs: Readonly<Record<string, number>>): ManifestFacts {
  const list = Object.entries(blobs).map(([name, size]) => ({ digest: name, size }));
  return {
    digest,
    kind: "manifest",
    children: [],
    nested: [],
    artifacts: [],
    image: { kind: "unknown", component: "" },
    blobs: list,
    size: 10,
  };
}

it("bytes are summed by class, each blob once, for the first that goes", () => {
  const stays = [{ manifest: manifest("kept", { base: 1000 }) }];
  const goes = [
    { class: "part", manifest: manifest("a", { base: 1000, shared: 200, own: 5 }) },
    { class: "part", manifest: manifest("b", { shared: 200 }) },
    { class: "untagged", manifest: manifest("c", { shared: 200, other: 7 }) },
  ];
  expect(sumReclaimed(stays, goes)).toEqual({
    reclaimedBytes: 242,
    bytesByClass: { part: 225, untagged: 17 },
    unmeasured: 0,
  });
});
