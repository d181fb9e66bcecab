import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { examplePlan } from "../../tools/benchmarks/example-plan.ts";
import { runBundle } from "../../tools/run-bundle.ts";

// A docker that finds every compose file right: what is refused is refused before docker compose reads it.
const programs = mkdtempSync(join(tmpdir(), "longshore-programs-"));
writeFileSync(join(programs, "docker"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
afterAll(() => rmSync(programs, { recursive: true }));

type Texts = Readonly<Record<string, string>>;

function check(files: Texts, links: Texts = {}) {
  return runBundle("smoke-test", {
    inputs: { plan: JSON.stringify(examplePlan()), results: "[]", "compose-file": "deploy/compose.yml" },
    env: { PATH: `${programs}:${process.env.PATH}` },
    files,
    links,
  });
}

const service = (text: string) => `services:\n  app:\n    image: acme/app\n${text}`;

describe("a compose file that leads out of the repository is refused:", () => {
  it.each<readonly [string, string, Texts, Texts, string]>([
    ["an env_file", service("    env_file: ../../secret.env\n"), {}, {}, "services.app.env_file"],
    ["one of several", service("    env_file: [a.env, {path: /etc/passwd}]\n"), {}, {}, "services.app.env_file"],
    ["an env_file by a link", service("    env_file: a.env\n"), {}, { "deploy/a.env": "/etc/passwd" }, "env_file"],
    ["in a folder that is a link", service("    env_file: e/passwd\n"), {}, { "deploy/e": "/etc" }, "env_file"],
    ["a label_file", service("    label_file: /etc/passwd\n"), {}, {}, "services.app.label_file"],
    [
      "a file to extend",
      service("    extends: {file: ../../x.yml, service: x}\n"),
      {},
      {},
      "services.app.extends.file",
    ],
    ["an include", "include: [../../x.yml]\n", {}, {}, "include.0"],
    ["an include's env_file", "include: [{path: x.yml, env_file: /etc/passwd}]\n", {}, {}, "include.0.env_file"],
    [
      "an include's folder",
      "include: [{path: x.yml, project_directory: /etc}]\n",
      {},
      {},
      "include.0.project_directory",
    ],
    ["a config", "configs: {a: {file: /etc/passwd}}\n", {}, {}, "configs.a.file"],
    ["a secret by a link", "secrets: {a: {file: ./s}}\n", {}, { "deploy/s": "/etc/passwd" }, "secrets.a.file"],
    ["a volume", service("    volumes: ['../../:/host']\n"), {}, {}, "services.app.volumes"],
    [
      "a volume by a link",
      service("    volumes: [{type: bind, source: ./v}]\n"),
      {},
      { "deploy/v": "/etc" },
      "volumes",
    ],
    ["the variables' file", service(""), {}, { "deploy/.env": "/etc/passwd" }, "the variables' file"],
    ["by an anchor", `x-a: &a {env_file: /etc/passwd}\n${service("    <<: *a\n")}`, {}, {}, "services.app.env_file"],
    ["in its second document", `a: 1\n---\n${service("    env_file: /etc/passwd\n")}`, {}, {}, "services.app.env_file"],
    [
      "in what it includes",
      "include: [../more/x.yml]\n",
      { "more/x.yml": service("    env_file: ../../x\n") },
      {},
      'The compose file "more/x.yml": services.app.env_file',
    ],
    [
      "in what it includes, counted from another folder",
      "include: [{path: ../more/x.yml, project_directory: ..}]\n",
      { "more/x.yml": service("    env_file: ../x\n") },
      {},
      'The compose file "more/x.yml": services.app.env_file',
    ],
    [
      "in what it extends",
      service("    extends: {file: x.yml, service: app}\n"),
      { "deploy/x.yml": service("    env_file: /etc/passwd\n") },
      {},
      'The compose file "deploy/x.yml": services.app.env_file',
    ],
  ])("%s", async (_, text, files, links, words) => {
    const run = await check({ ...files, "deploy/compose.yml": text }, links);
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(/^The compose file .*, which lies outside the repository: use/)]);
    expect(run.errors[0]).toContain(words);
  });

  it("itself by a link", async () => {
    const run = await check({}, { "deploy/compose.yml": "/etc/hostname" });
    expect(run.errors).toEqual([
      expect.stringMatching(/^Input `compose-file` is .*, which lies outside the repository/),
    ]);
  });
});

it("a path that variables decide is refused where it is read", async () => {
  const run = await check({
    "deploy/compose.yml": service(`    env_file: \${HOME}/x\n    volumes: ['\${DATA}:/data']\n`),
  });
  expect(run.errors).toEqual([
    'The compose file "deploy/compose.yml": services.app.env_file is "${HOME}/x": write the path without variables, so that it can be checked.',
  ]);
});

it("text that is no YAML is told without its content", async () => {
  const run = await check({ "deploy/compose.yml": "a: [hush\nb: :\n" });
  expect(run.errors).toEqual([expect.stringMatching(/^The compose file "deploy\/compose\.yml" is no YAML: /)]);
  expect(run.stdout).not.toContain("hush");
});

it("what stays in the repository is left to docker compose, and so is what is missing", async () => {
  const files = {
    "deploy/compose.yml": `include: [../more/x.yml, missing.yml, {path: [../more/y.yml], env_file: ../a.env}]
${service(`    env_file: [../a.env, {path: none.env, required: false}]
    extends: {file: compose.yml, service: app}
    volumes: [data:/data, /var/run/docker.sock:/sock, ~/.aws:/aws, ./here:/here, '..:/all']
    ports: !reset []
`)}secrets: {a: {file: ./s}, b: {environment: B}}\nvolumes: {data: {}}\n`,
    ...{ "more/x.yml": "include: [../deploy/compose.yml]\n", "more/y.yml": "services:\n", "a.env": "A=1\n" },
  };
  const run = await check(files, { "deploy/s": "../a.env" });
  expect(run.errors).toEqual([]);
  expect(run.stdout).toBe("The compose file is valid.\n");
});
