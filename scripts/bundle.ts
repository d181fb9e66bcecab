import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

/**
 * Bundles every step (a folder with action.yml and main.ts) into scripts/dist, which is committed: a runner executes
 * it as it is. `--check` writes nothing and fails where the committed files differ from what would be written.
 */
const scripts = fileURLToPath(new URL(".", import.meta.url));
const dist = join(scripts, "dist");

/**
 * An ES import of a module of Node reads all its exports, also those that load a lot only when they are touched:
 * `node:http` alone brings in all of `fetch`. Taken as an object, a module costs what is used of it.
 */
const nodeModulesOnTouch: Plugin = {
  name: "node-modules-on-touch",
  setup({ onResolve, onLoad }) {
    const names = builtinModules.join("|").replaceAll("/", "\\/");
    onResolve({ filter: new RegExp(`^(?:node:.+|${names})$`) }, ({ path }) => ({ path, namespace: "node" }));
    onLoad({ filter: /./, namespace: "node" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      loader: "js",
    }));
  },
};

/**
 * `@actions/core` carries an HTTP client (for OIDC tokens) and a process runner (for details of the platform). No step
 * uses either, but they are 700 kB that would be loaded at every start. Using one of them fails here, at bundling.
 */
const withoutUnusedParts: Plugin = {
  name: "without-unused-parts",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@actions\/(?:http-client|exec)(?:\/|$)/ }, ({ path, importer }) => {
      if (/[\\/]@actions[\\/]core[\\/]/.test(importer)) return { path, namespace: "unused" };
      return { errors: [{ text: `${path} is left out of the bundles, see scripts/bundle.ts` }] };
    });
    onLoad({ filter: /./, namespace: "unused" }, () => ({ contents: "module.exports = {};", loader: "js" }));
  },
};

/** File name → content of everything in scripts/dist. */
async function bundleSteps(): Promise<ReadonlyMap<string, string>> {
  const steps = readdirSync(scripts)
    .filter((name) => ["action.yml", "main.ts"].every((file) => existsSync(join(scripts, name, file))))
    .sort();
  const { outputFiles } = await build({
    absWorkingDir: scripts,
    entryPoints: steps.map((step) => ({ in: join(scripts, step, "main.ts"), out: step })),
    outdir: dist,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    charset: "utf8",
    // Dependencies that are CommonJS call `require` for Node's modules.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    plugins: [nodeModulesOnTouch, withoutUnusedParts],
    write: false,
    logLevel: "warning",
  });
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
}

function readCommitted(): ReadonlyMap<string, string> {
  const names = existsSync(dist) ? readdirSync(dist).sort() : [];
  return new Map(names.map((name) => [name, readFileSync(join(dist, name), "utf8")]));
}

const built = await bundleSteps();
const committed = readCommitted();
const changed = [...built].filter(([name, text]) => committed.get(name) !== text).map(([name]) => name);
const stale = [...committed.keys()].filter((name) => !built.has(name));

if (process.argv.includes("--check")) {
  for (const name of changed) console.error(`scripts/dist/${name} is not what the sources give`);
  for (const name of stale) console.error(`scripts/dist/${name} belongs to no step any more`);
  if (changed.length + stale.length > 0) {
    console.error("Run `pnpm build` and commit scripts/dist.");
    process.exitCode = 1;
  }
} else {
  mkdirSync(dist, { recursive: true });
  for (const name of changed) writeFileSync(join(dist, name), built.get(name) ?? "");
  for (const name of stale) rmSync(join(dist, name));
  const kilobytes = [...built.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1000;
  console.log(
    `scripts/dist: ${built.size} files, ${Math.round(kilobytes)} kB; ${changed.length} changed, ${stale.length} removed`,
  );
}
