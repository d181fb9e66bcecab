import { createPublicKey } from "node:crypto";
import { InputError, normaliseImage } from "@longshore/language";
import { decideSigning, isDigest, parseDigest } from "@longshore/publishing";
import { readRepositoryName, readRunRef, readTrigger } from "../lib/github/event.ts";
import { quoteValue } from "../lib/step/escape.ts";
import { readBoolean, readDuration, readInteger, readList, readRequired, readText } from "../lib/step/inputs.ts";
import { readWorkflowInput } from "../lib/step/workflow-input.ts";

export interface ImageDigest {
  readonly repository: string;
  readonly digest: string;
}

export type SigningMode =
  | {
      readonly kind: "keyless";
      readonly workflow: string;
      readonly serverUrl: string;
      /** `owner/name` of the repository that runs it. */
      readonly repository: string;
      /** Git ref and event of the run, which the certificate says too. */
      readonly ref: string;
      readonly trigger: string;
    }
  | {
      readonly kind: "key";
      /** PEM. */
      readonly privateKey: string;
      readonly password: string;
      /** PEM; empty where none is given. */
      readonly publicKey: string;
      readonly transparencyLog: boolean;
    };

export interface Unsigned {
  /** A sentence. */
  readonly why: string;
  /** Whether it was asked for all the same. */
  readonly asked: boolean;
}

/** What the step is asked for, all of it checked. */
export interface SignRequest {
  readonly images: readonly ImageDigest[];
  readonly mode: SigningMode;
  /** Why this event's image is not to be signed; undefined where it is. */
  readonly unsigned: Unsigned | undefined;
  /** Milliseconds. */
  readonly wait: number;
  readonly attempts: number;
  /** Milliseconds. */
  readonly retryDelay: number;
}

/** Reads the inputs; throws InputError at the first that is wrong. Nothing is signed before all are right. */
export function readRequest(): SignRequest {
  readRequired("image");
  return {
    images: readImages(readList("image"), readText("digest")),
    mode: readMode(),
    unsigned: readUnsigned(readBoolean("pull-requests", false)),
    wait: readDuration("wait", "2m"),
    attempts: readInteger("attempts", { lowest: 1, highest: 20, fallback: 3 }),
    retryDelay: readDuration("retry-delay", "10s"),
  };
}

function readUnsigned(asked: boolean): Unsigned | undefined {
  const { event, cause } = readTrigger();
  const decided = decideSigning(event, readRunRef(), cause);
  switch (decided.right) {
    case "signs":
      return undefined;
    case "on-request":
      if (asked) return undefined;
      return {
        asked,
        why: `It is an image of ${decided.what}, which is signed with the input \`pull-requests\` only.`,
      };
    case "never": {
      const run = `A run by ${decided.event} that a pull request causes has the default branch's ref in its certificate`;
      return { asked, why: `${run}, as a release has: sign on the event \`pull_request\` itself.` };
    }
  }
}

function readImages(lines: readonly string[], digest: string): readonly ImageDigest[] {
  if (digest !== "") parseDigest(digest, "Input `digest`");
  return lines.map((line) => {
    const [name = "", own = digest] = line.split("@");
    if (!isDigest(own)) {
      throw new InputError(
        `Input \`image\` holds ${quoteValue(line)}, which names no digest: write \`repository@sha256:…\`; a tag may move between signing and use.`,
      );
    }
    return { repository: normaliseImage(name), digest: own };
  });
}

function readMode(): SigningMode {
  const privateKey = readText("cosign-key");
  const password = readText("cosign-password");
  const publicKey = checkPublicKey(readText("cosign-public-key"));
  const transparencyLog = readBoolean("transparency-log", true);
  if (privateKey !== "") return { kind: "key", privateKey, password, publicKey, transparencyLog };
  if (publicKey !== "" || password !== "") {
    throw new InputError("Input `cosign-key` is missing: a password or public key is given, but no private key.");
  }
  if (!transparencyLog) {
    throw new InputError(
      "Input `transparency-log` is false without a `cosign-key`: a keyless signature cannot be verified without the log.",
    );
  }
  if (!process.env.ACTIONS_ID_TOKEN_REQUEST_URL) {
    throw new InputError(
      "A keyless signature needs an OIDC token: grant the job `id-token: write`, or give a `cosign-key`.",
    );
  }
  const serverUrl = process.env.GITHUB_SERVER_URL || "https://github.com";
  const run = { repository: readRepositoryName(), ref: readRunRef(), trigger: readTrigger().event };
  return { kind: "keyless", workflow: readWorkflowInput(), serverUrl, ...run };
}

function checkPublicKey(pem: string): string {
  if (pem === "") return "";
  try {
    createPublicKey(pem);
    return pem;
  } catch (cause) {
    throw new InputError("Input `cosign-public-key` is no public key: give the whole PEM text of cosign.pub.", {
      cause,
    });
  }
}
