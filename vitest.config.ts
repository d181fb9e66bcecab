import { readFileSync } from "node:fs";

const githubsOwn = /node_modules\/@actions\/(expressions|languageservice|workflow-parser)\/.*\.js$/;

/** Tests that need a Docker engine. */
const onEngine = ["test/**/*.engine.test.ts", "test/engine/*.test.ts"];

export default {
  plugins: [
    {
      name: "without-source-maps",
      // They are published with maps to sources that are not: one warning per file otherwise.
      load: (id: string) =>
        githubsOwn.test(id) ? readFileSync(id, "utf8").replace(/^\/\/# sourceMappingURL=.*$/m, "") : undefined,
    },
  ],
  test: {
    projects: [
      // Most of these wait for processes and answers more than they compute.
      {
        extends: true as const,
        test: {
          name: "plain",
          include: ["test/**/*.test.ts"],
          exclude: onEngine,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      // One engine, one builder and its cache: one after the other, when nothing else runs.
      {
        extends: true as const,
        test: { name: "engine", include: onEngine, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // GitHub's own packages import JSON without attributes; only Vite's loader takes that.
    server: { deps: { inline: [/@actions\//] } },
  },
};
