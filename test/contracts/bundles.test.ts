import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { expect, test } from "vitest";
import { bundleSteps } from "../../scripts/bundle-steps.ts";
import { root } from "../../tools/workflows/workflow-files.ts";

/** Loads one source with a line more than it has. */
function withOneLineMore(path: string): Plugin {
  return {
    name: "one-line-more",
    setup({ onLoad }) {
      onLoad({ filter: new RegExp(`${path.replaceAll(".", "\\.")}$`) }, () => ({
        contents: `${readFileSync(join(root, path), "utf8")}\nglobalThis.oneLineMore = 1;\n`,
        loader: "ts",
      }));
    },
  };
}

test.each(["scripts/lib/http/request.ts", "packages/tagging/src/slug.ts", "scripts/plan-image/main.ts"])(
  "a change of %s touches the bundle that holds it and no other",
  async (source) => {
    const [before, after] = await Promise.all([bundleSteps(), bundleSteps([withOneLineMore(source)])]);
    expect([...after.keys()]).toEqual([...before.keys()]);
    const changed = [...after].filter(([name, text]) => before.get(name) !== text);
    expect(changed.map(([, text]) => text.includes("oneLineMore"))).toEqual([true]);
  },
);

test("no bundle is called after a hash", async () => {
  const names = [...(await bundleSteps()).keys()];
  expect(names.filter((name) => /-[A-Z0-9]{8}\.js$/.test(name))).toEqual([]);
});
