import { InputError, isLoopback } from "@longshore/language";
import { quoteValue } from "./escape.ts";

/** A login of a user or organisation. Throws InputError. */
export function parseOwner(text: string): string {
  if (/^[a-z\d](?:[a-z\d_-]{0,99})$/iu.test(text)) return text;
  throw new InputError(`Input \`owner\` is ${quoteValue(text)}: give the user or organisation that owns the packages.`);
}

/** Package names such as `app` or `app/api`, where `*` stands for anything. Throws InputError. */
export function parsePackageNames(names: readonly string[]): readonly string[] {
  const wrong = names.find((name) => !/^[a-z\d*](?:[a-z\d._*-]|\/(?=[a-z\d*]))*$/iu.test(name));
  if (wrong !== undefined || names.length === 0) {
    throw new InputError(
      `Input \`package\` is ${quoteValue(wrong ?? "")}: give names below the owner such as \`app\` or \`app/api\`; \`*\` stands for anything.`,
    );
  }
  return [...new Set(names.map((name) => name.toLowerCase()))];
}

/** A registry's host, with or without `https://`; `http://` only where it is this machine. Throws InputError. */
export function parseRegistry(text: string): string {
  const [, scheme = "", host = ""] = /^(https?:\/\/)?([^/]+)\/?$/iu.exec(text) ?? [];
  const isHost = /^(?:\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/iu.test(host);
  if (!isHost || (/^http:/iu.test(scheme) && !isLoopback(host))) {
    throw new InputError(
      `Input \`registry\` is ${quoteValue(text)}: give a host such as \`ghcr.io\`; plain \`http://\` is for registries on this machine.`,
    );
  }
  return host.toLowerCase();
}
