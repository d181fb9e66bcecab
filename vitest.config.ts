export default {
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // GitHub's own packages import JSON without attributes; only Vite's loader takes that.
    server: { deps: { inline: [/@actions\//] } },
  },
};
