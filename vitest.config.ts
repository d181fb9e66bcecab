import { readFileSync } from "node:fs";

const githubsOwn = /node_modules\/@actions\/(expressions|languageservice|workflow-parser)\/.*\.js$/;

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
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // GitHub's own packages import JSON without attributes; only Vite's loader takes that.
    server: { deps: { inline: [/@actions\//] } },
  },
};
