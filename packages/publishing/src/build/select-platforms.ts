import { InputError } from "@longshore/language";

/** Which of an image's platforms one job builds: one native platform, or the further ones closest to a runner. */
export type PlatformSelection = "linux/amd64" | "linux/arm64" | "other-amd64" | "other-arm64";

const SELECTIONS: readonly PlatformSelection[] = ["linux/amd64", "linux/arm64", "other-amd64", "other-arm64"];

/** Throws InputError for any other text. */
export function parsePlatformSelection(text: string): PlatformSelection {
  const selection = SELECTIONS.find((name) => name === text);
  if (selection !== undefined) return selection;
  throw new InputError(`Input select is ${JSON.stringify(text)}: use one of ${SELECTIONS.join(", ")}.`);
}

/** The platforms of that job, in the order given; each platform belongs to exactly one selection. */
export function selectPlatforms(platforms: readonly string[], selection: PlatformSelection): readonly string[] {
  return platforms.filter((platform) => selectionOf(platform) === selection);
}

/** 64-bit ARM runners run 32-bit ARM code natively; what neither kind runs goes to amd64, where QEMU is quickest. */
function selectionOf(platform: string): PlatformSelection {
  if (platform === "linux/amd64" || platform === "linux/arm64") return platform;
  return platform.startsWith("linux/arm") ? "other-arm64" : "other-amd64";
}
