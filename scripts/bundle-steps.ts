import { existsSync, readdirSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile, type Plugin } from "esbuild";

const scripts = fileURLToPath(new URL(".", import.meta.url));
/** Where the bundles lie. */
export const dist = join(scripts, "dist");

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

/**
 * Bundles every step (a folder with action.yml and main.ts). Gives file name → content of everything in scripts/dist.
 * @param more plugins of a test, asked before ours
 */
export async function bundleSteps(more: readonly Plugin[] = []): Promise<ReadonlyMap<string, string>> {
  const steps = readdirSync(scripts)
    .filter((name) => ["action.yml", "main.ts"].every((file) => existsSync(join(scripts, name, file))))
    .sort();
  const { outputFiles, metafile } = await build({
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
    metafile: true,
    chunkNames: "chunk-[hash]",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    plugins: [...more, nodeModulesOnTouch, withoutUnusedParts],
    write: false,
    logLevel: "warning",
  });
  const names = nameChunks(metafile);
  const rename = (text: string): string => text.replace(hashedName, (name) => names.get(name) ?? name);
  return new Map(outputFiles.map(({ path, text }) => [rename(basename(path)), rename(text)]));
}

/** What esbuild calls a chunk: its name changes with every change of anything in it. */
const hashedName = /\bchunk-[A-Z0-9]{8}\.js\b/g;

/**
 * Chunks by the largest source in them, so that a change of one source touches the files that hold it and no other.
 * Where two would have one name, more of their path is in it.
 */
function nameChunks({ outputs }: Metafile): ReadonlyMap<string, string> {
  const chunks = Object.entries(outputs).flatMap(([path, { inputs, entryPoint }]) => {
    const [largest] = Object.entries(inputs).sort(
      ([left, { bytesInOutput: one }], [right, { bytesInOutput: other }]) => other - one || left.localeCompare(right),
    );
    const name = basename(path);
    // What is imported on demand is called after its entry; what has no source holds esbuild's own helpers.
    return name.replace(hashedName, "") === "" ? [{ name, source: entryPoint ?? largest?.[0] ?? "runtime" }] : [];
  });
  const counts = new Map<string, number>();
  for (const { source } of chunks) counts.set(nameSource(source, 1), (counts.get(nameSource(source, 1)) ?? 0) + 1);
  const names = chunks.map(({ name, source }) => {
    const parts = (counts.get(nameSource(source, 1)) ?? 0) > 1 ? 3 : 1;
    return [name, `chunk-${nameSource(source, parts)}.js`] as const;
  });
  if (new Set(names.map(([, name]) => name)).size < names.length) throw new Error("Two chunks would have one name.");
  return new Map(names);
}

/** The last telling words of a path: `lib/registry/registry.ts` → `registry`. */
function nameSource(source: string, parts: number): string {
  const words = (source.split("node_modules/").at(-1) ?? source).replace(/\.[cm]?[jt]s$/, "").split(/[^A-Za-z0-9-]+/);
  const telling = words.filter(
    (word) => !["", "src", "dist", "dist-src", "dist-bundle", "lib", "index"].includes(word),
  );
  return (telling.length === 0 ? words : telling).slice(-parts).join("-");
}
