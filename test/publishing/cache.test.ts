import { type CacheRequest, parseCacheStores, planCache } from "@longshore/publishing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";

const request: CacheRequest = {
  stores: ["gha", "registry"],
  ghaReachable: true,
  repository: "ghcr.io/acme/app",
  plan: examplePlan(),
  platform: "linux/arm/v7",
  cold: false,
  dockerMediaTypes: false,
};
const gha = (scope: string) => `type=gha,scope=longshore-ghcr.io-acme-app-linux-arm-v7-${scope}`;
const registry = (scope: string) => `type=registry,ref=ghcr.io/acme/app:cache-linux-arm-v7-${scope}`;

describe("the build cache", () => {
  it("is read from this branch, the default branch, then the registry", () => {
    expect(planCache(request).from).toEqual([gha("pr-12"), gha("main"), registry("pr-12"), registry("main")]);
  });

  it("is written to this branch's scope, whole, and never fails a build", () => {
    expect(planCache(request).to).toEqual([
      `${gha("pr-12")},mode=max,ignore-error=true`,
      `${registry("pr-12")},mode=max,ignore-error=true,image-manifest=true,oci-mediatypes=true`,
    ]);
  });

  it("is not written where the plan forbids it", () => {
    const plan = examplePlan({ cache: { own: "pr-12", fallback: "main", write: false } });
    expect(planCache({ ...request, plan })).toMatchObject({ to: [], from: { length: 4 } });
  });

  it("of the default branch is read once", () => {
    const plan = examplePlan({ cache: { own: "main", fallback: "main", write: true } });
    expect(planCache({ ...request, plan }).from).toEqual([gha("main"), registry("main")]);
  });

  it("is not read by a cold build, which still keeps what it made", () => {
    expect(planCache({ ...request, cold: true })).toMatchObject({ from: [], to: { length: 2 } });
  });

  it("at GitHub is left out with a notice where the runner gives no access to it", () => {
    const { from, to, notices } = planCache({ ...request, ghaReachable: false });
    expect(from).toEqual([registry("pr-12"), registry("main")]);
    expect(to).toHaveLength(1);
    expect(notices).toEqual([expect.stringContaining("ACTIONS_RUNTIME_TOKEN")]);
    expect(planCache({ ...request, stores: ["registry"], ghaReachable: false }).notices).toEqual([]);
  });

  it("takes Docker's media types where asked", () => {
    expect(planCache({ ...request, dockerMediaTypes: true }).to[1]).toMatch(
      /image-manifest=false,oci-mediatypes=false$/,
    );
  });

  it("of one component is apart from another's, also in a shared cache repository", () => {
    const api = examplePlan({ component: "api" });
    const refs = [
      planCache({ ...request, plan: api }),
      planCache({ ...request, plan: examplePlan({ component: "web" }) }),
      planCache({ ...request, repository: "ghcr.io/acme/cache" }),
      planCache({
        ...request,
        repository: "ghcr.io/acme/cache",
        plan: examplePlan({ images: ["ghcr.io/acme/other"] }),
      }),
    ].flatMap(({ to }) => to);
    expect(new Set(refs).size).toBe(8);
  });

  it("has tags of at most 128 characters, and cut ones stay apart", () => {
    const tagOf = (component: string) => {
      const plan = examplePlan({ component, cache: { own: "b".repeat(90), fallback: "main", write: true } });
      const [, , tag = ""] =
        /^type=registry,ref=([^:]+):([^,]+)/.exec(planCache({ ...request, plan }).to[1] ?? "") ?? [];
      return tag;
    };
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,100}$/), fc.stringMatching(/^[a-z0-9]{1,100}$/), (one, other) => {
        expect(tagOf(one).length).toBeLessThanOrEqual(128);
        if (one !== other) expect(tagOf(one)).not.toBe(tagOf(other));
      }),
    );
  });
});

describe("input cache", () => {
  it.each([
    [[], []],
    [["none"], []],
    [["gha"], ["gha"]],
    [
      ["registry", "gha", "gha"],
      ["registry", "gha"],
    ],
  ])("%j means %j", (items, stores) => {
    expect(parseCacheStores(items)).toEqual(stores);
  });
  it.each([[["none", "gha"]], [["s3"]]])("%j is refused", (items) => {
    expect(() => parseCacheStores(items)).toThrow("Input cache names");
  });
});
