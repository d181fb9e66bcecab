import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture } from "./engine/run-command.ts";

export interface KeyPair {
  readonly password: string;
  /** PEM. */
  readonly privateKey: string;
  /** PEM. */
  readonly publicKey: string;
}

/** A key pair as `cosign generate-key-pair` makes it. */
export async function makeKeyPair(password: string): Promise<KeyPair> {
  const folder = await mkdtemp(join(tmpdir(), "longshore-key-"));
  try {
    const env = { ...process.env, COSIGN_PASSWORD: password };
    await capture("cosign", ["generate-key-pair", "--output-key-prefix", join(folder, "pair")], env);
    const [privateKey, publicKey] = await Promise.all([
      readFile(join(folder, "pair.key"), "utf8"),
      readFile(join(folder, "pair.pub"), "utf8"),
    ]);
    return { password, privateKey, publicKey };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
