/** A registry as somebody who pulls sees it. */
export interface RegistryReader {
  readonly host: string;
  /** Tag to digest. */
  tags(repository: string): Promise<Readonly<Record<string, string>>>;
  /** Undefined where there is none. */
  image(repository: string, reference: string): Promise<PulledImage | undefined>;
}

export interface PulledImage {
  readonly digest: string;
  /** Of the index, as `linux/amd64`; attestations are not among them. */
  readonly platforms: readonly string[];
  /** Digest by platform. */
  readonly manifests: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Compressed bytes of all platforms. */
  readonly size: number;
}

interface Manifest {
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  }[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly config?: { readonly size: number };
  readonly layers?: readonly { readonly size: number }[];
}

const accept = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** @param token of a registry that wants a login: a GitHub token, as GHCR takes it */
export function readRegistry(host: string, token?: string): RegistryReader {
  const headers: Record<string, string> = { accept };
  if (token !== undefined) headers.authorization = `Bearer ${Buffer.from(token).toString("base64")}`;
  const get = async (path: string): Promise<Response | undefined> => {
    const response = await fetch(`http://${host}/v2/${path}`, { headers });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${host} answers ${response.status} to ${path}: ${await response.text()}`);
    return response;
  };
  const readManifest = async (repository: string, reference: string) => {
    const response = await get(`${repository}/manifests/${reference}`);
    if (response === undefined) return undefined;
    const digest = response.headers.get("docker-content-digest") ?? "";
    return { digest, manifest: (await response.json()) as Manifest };
  };
  return {
    host,
    async tags(repository) {
      const answer = (await (await get(`${repository}/tags/list?n=1000`))?.json()) as
        | { readonly tags?: readonly string[] }
        | undefined;
      const pairs = (answer?.tags ?? []).map(
        async (tag) => [tag, (await readManifest(repository, tag))?.digest ?? ""] as const,
      );
      return Object.fromEntries(await Promise.all(pairs));
    },
    async image(repository, reference) {
      const found = await readManifest(repository, reference);
      if (found === undefined) return undefined;
      const children = (found.manifest.manifests ?? []).filter(
        ({ platform }) => platform !== undefined && platform.os !== "unknown",
      );
      const named = children.map(({ digest, platform }) => {
        const variant =
          platform?.variant === undefined || platform.architecture === "arm64" ? "" : `/${platform.variant}`;
        return [`${platform?.os}/${platform?.architecture}${variant}`, digest] as const;
      });
      const platforms = await Promise.all(children.map(({ digest }) => readManifest(repository, digest)));
      return {
        digest: found.digest,
        platforms: named.map(([platform]) => platform).sort(),
        manifests: Object.fromEntries(named),
        annotations: found.manifest.annotations ?? {},
        size: platforms.reduce((sum, child) => sum + contentSize(child?.manifest), 0),
      };
    },
  };
}

function contentSize(manifest: Manifest | undefined): number {
  return (manifest?.config?.size ?? 0) + (manifest?.layers ?? []).reduce((sum, layer) => sum + layer.size, 0);
}
