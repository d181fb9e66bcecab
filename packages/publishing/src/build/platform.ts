import { InputError } from "@longshore/language";

/** Architecture → variants that can be told apart in an index. "" is the plain form. */
const VARIANTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["amd64", ["", "v2", "v3", "v4"]],
  ["arm64", ["", "v9"]],
  ["arm", ["v5", "v6", "v7"]],
  ["386", [""]],
  ["loong64", [""]],
  ["mips64", [""]],
  ["mips64le", [""]],
  ["ppc64le", [""]],
  ["riscv64", [""]],
  ["s390x", [""]],
]);

/** Other spellings that containerd's `platforms.Normalize` accepts, which BuildKit would store under the right-hand name. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["x86_64", "amd64"],
  ["x86-64", "amd64"],
  ["amd64/v1", "amd64"],
  ["aarch64", "arm64"],
  ["arm64/v8", "arm64"],
  ["arm64/8", "arm64"],
  ["aarch64/v8", "arm64"],
  ["arm", "arm/v7"],
  ["arm/5", "arm/v5"],
  ["arm/6", "arm/v6"],
  ["arm/7", "arm/v7"],
  ["armhf", "arm/v7"],
  ["armel", "arm/v6"],
  ["i386", "386"],
]);

/**
 * One Linux platform in the form registries store it: `linux/arm64/v8` → `linux/arm64`, `linux/arm` → `linux/arm/v7`.
 * Throws InputError for anything that is no known Linux platform.
 */
export function parsePlatform(text: string): string {
  const [os, ...rest] = text.trim().toLowerCase().split("/");
  const machine = rest.join("/");
  const [architecture = "", variant = "", ...more] = (ALIASES.get(machine) ?? machine).split("/");
  if (os !== "linux" || more.length > 0 || !VARIANTS.get(architecture)?.includes(variant)) {
    throw new InputError(
      `Input platforms names ${JSON.stringify(text)}, which is no Linux platform known here: write such as linux/amd64, linux/arm64, linux/arm/v7 or linux/riscv64.`,
    );
  }
  return variant === "" ? `linux/${architecture}` : `linux/${architecture}/${variant}`;
}

/** Platforms separated by commas or white space, in the order given. Throws InputError when empty or one is named twice. */
export function parsePlatforms(text: string): readonly string[] {
  const platforms = text
    .split(/[\s,]+/)
    .filter((part) => part !== "")
    .map(parsePlatform);
  if (platforms.length === 0) throw new InputError("Input platforms is empty: name at least one, such as linux/amd64.");
  const twice = platforms.find((platform, index) => platforms.indexOf(platform) !== index);
  if (twice !== undefined) throw new InputError(`Input platforms names ${twice} twice: name each platform once.`);
  return platforms;
}

/** `linux/arm/v7` → `linux-arm-v7`, for file names, cache scopes and tags. */
export function platformSlug(platform: string): string {
  return platform.replaceAll("/", "-");
}
