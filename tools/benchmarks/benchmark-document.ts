import { cpus } from "node:os";
import type { Figure } from "./figure.ts";
import type { Section } from "./sections.ts";

const introduction = `# Benchmarks

Written by \`pnpm bench --write --full\`, each table measured in one run; \`--only\` names one of them.
Figures marked as published were measured by others' means on a machine of the same kind; everything else was measured here.
`;

/** What the figures were measured on. */
export function machine(): string {
  return `${process.platform} ${process.arch}, ${cpus().length} processors, Node ${process.versions.node}`;
}

export function rowsOf(figures: readonly Figure[]): readonly (readonly string[])[] {
  const head = ["", "measured", "compared with", "limit", "kept"];
  return [
    head,
    ...figures.map(({ name, measured, baseline, limit, kept }) => [name, measured, baseline, limit, kept ? "✓" : "✗"]),
  ];
}

/** The document with new figures where there are some; a section that was not measured stays as it was in `old`. */
export function writeDocument(
  measured: readonly { readonly section: Section; readonly figures: readonly Figure[] | undefined }[],
  old: string,
): string {
  const parts = measured.map(({ section, figures }) => {
    const before = new RegExp(`^## ${section.title}\n[\\s\\S]*?(?=\n## |$(?![\\s\\S]))`, "m").exec(old)?.[0] ?? "";
    return figures === undefined ? before.trimEnd() : writeSection(section, figures);
  });
  return `${[introduction.trimEnd(), ...parts.filter((part) => part !== "")].join("\n\n")}\n`;
}

function writeSection({ title, notes }: Section, figures: readonly Figure[]): string {
  const [head = [], ...rows] = rowsOf(figures);
  const table = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
  return `## ${title}\n\nOn ${machine()}.\n\n${table}\n\n${notes}`;
}
