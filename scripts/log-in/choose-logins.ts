import { isLoopback } from "@longshore/language";
import type { Login } from "./read-logins.ts";

/**
 * The logins of a job: what the secret says, and the run's own token for GHCR and for registries of these images that are
 * on this machine, which nobody else can answer for.
 */
export function chooseLogins(
  given: readonly Login[],
  images: readonly string[],
  { username, password }: Pick<Login, "username" | "password">,
): readonly Login[] {
  if (password === "") return given;
  const hosts = images.map((image) => image.replace(/^http:\/\//, "").split("/")[0] ?? "").filter(isLoopback);
  const own = [...new Set(["ghcr.io", ...hosts])].filter((host) => !given.some(({ registry }) => registry === host));
  return [...own.map((registry) => ({ registry, username, password, optional: true })), ...given];
}
