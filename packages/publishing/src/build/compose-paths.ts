import { InputError, isRecord } from "@longshore/language";

/**
 * A path that a compose file names, relative to the folder of that file:
 * - `compose`: another compose file, which is read as one.
 * - `file`: a file that is read, now or by `docker compose up`.
 * - `mount`: what a container gets of the host.
 */
export interface ComposePath {
  /** Where it stands, such as `services.app.env_file`. */
  readonly key: string;
  readonly path: string;
  readonly use: "compose" | "file" | "mount";
  /** Where the paths in that compose file count from, where it is not its own folder. */
  readonly folder?: string;
}

type Use = ComposePath["use"];

/**
 * Paths that one document of a compose file names (https://github.com/compose-spec/compose-spec/blob/main/spec.md). Throws InputError
 * for a path that is no text, or that variables decide: nobody could tell where it leads.
 */
export function listComposePaths(document: unknown): readonly ComposePath[] {
  const { include, services, configs, secrets } = fields(document);
  return [
    ...items(include).flatMap((entry, index) => includePaths(entry, `include.${index}`)),
    ...Object.entries(fields(services)).flatMap(([name, service]) => servicePaths(service, `services.${name}`)),
    ...filesOf(configs, "configs"),
    ...filesOf(secrets, "secrets"),
  ];
}

function includePaths(entry: unknown, key: string): readonly ComposePath[] {
  if (typeof entry === "string") return read(entry, key, "compose");
  const { path, env_file, project_directory } = fields(entry);
  const [folder] = read(project_directory, `${key}.project_directory`, "file");
  return [
    ...(folder === undefined ? [] : [folder]),
    ...read(path, `${key}.path`, "compose").map((found) => ({ ...found, ...(folder && { folder: folder.path }) })),
    ...read(env_file, `${key}.env_file`, "file"),
  ];
}

function servicePaths(service: unknown, key: string): readonly ComposePath[] {
  const { env_file, label_file, extends: base, volumes } = fields(service);
  return [
    ...items(env_file).flatMap((entry) => read(isRecord(entry) ? entry.path : entry, `${key}.env_file`, "file")),
    ...read(label_file, `${key}.label_file`, "file"),
    ...read(fields(base).file, `${key}.extends.file`, "compose"),
    ...items(volumes).flatMap((volume) => mountPaths(volume, `${key}.volumes`)),
  ];
}

/** Named volumes are no paths; absolute ones name the host's files openly, for the machine where the file is brought up. */
function mountPaths(volume: unknown, key: string): readonly ComposePath[] {
  const source = typeof volume === "string" ? volume.split(":")[0] : fields(volume).source;
  const isRelative = typeof source === "string" && source.startsWith(".") && !source.includes("$");
  return isRelative ? [{ key, path: source, use: "mount" }] : [];
}

function filesOf(map: unknown, key: string): readonly ComposePath[] {
  return Object.entries(fields(map)).flatMap(([name, entry]) =>
    read(fields(entry).file, `${key}.${name}.file`, "file"),
  );
}

/** One path or a list of them; nothing where there is none. */
function read(value: unknown, key: string, use: Use): readonly ComposePath[] {
  return items(value).map((path) => {
    if (typeof path !== "string") throw new InputError(`${key} is no path: write it as text.`);
    if (path.includes("$")) {
      throw new InputError(
        `${key} is ${JSON.stringify(path.slice(0, 80))}: write the path without variables, so that it can be checked.`,
      );
    }
    return { key, path, use };
  });
}

function items(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
