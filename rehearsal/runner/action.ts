import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { Refusal } from "./refusal.ts";
import type { StandIn } from "./stand-in.ts";
import type { WorkflowOrigin } from "./workflow-origin.ts";

/** What a step's `uses` means here: an action of a repository at hand, or a stand-in for a foreign one. */
export type Action = OwnAction | { readonly kind: "stand-in"; readonly standIn: StandIn };

/** A JavaScript action, as its `action.yml` describes it. Paths are absolute. */
export interface OwnAction {
  readonly kind: "own";
  /** `owner/name/path`. */
  readonly name: string;
  readonly inputs: ReadonlyMap<string, ActionInput>;
  /** Where its action.yml lies. */
  readonly folder: string;
  readonly main: string;
  readonly pre?: string;
  readonly preIf?: string;
  readonly post?: string;
  readonly postIf?: string;
}

export interface ActionInput {
  readonly default: string | undefined;
  readonly required: boolean;
}

/** Where actions are found: checkouts by `owner/name`, and stand-ins by the `owner/name` of the action. */
export interface ActionSources {
  readonly checkouts: Readonly<Record<string, string>>;
  readonly standIns: readonly StandIn[];
}

/** Finds the action that a step's `uses` names; throws a Refusal if there is none, or if it is of a kind we cannot run. */
export function findAction(uses: string, origin: WorkflowOrigin, sources: ActionSources, where: string): Action {
  if (uses.startsWith("$/")) {
    if (uses.includes("@"))
      throw new Refusal(`${where}: \`${uses}\` takes no \`@\`: \`$/\` is always the commit that runs.`);
    return readAction(origin.repository, origin.root, uses.slice(2), where);
  }
  const [, repository = "", path = ""] = /^([^/@]+\/[^/@]+)\/?([^@]*)@.+$/.exec(uses) ?? [];
  const root = sources.checkouts[repository];
  if (root !== undefined) return readAction(repository, root, path, where);
  const standIn = sources.standIns.find(
    ({ action }) => action === (path === "" ? repository : `${repository}/${path}`),
  );
  if (standIn === undefined) throw new Refusal(`${where}: the rehearsal has no stand-in for \`${uses}\`.`);
  return { kind: "stand-in", standIn };
}

/** The inputs an action knows. */
export function knownInputs(action: Action): readonly string[] {
  return action.kind === "own" ? [...action.inputs.keys()] : Object.keys(action.standIn.inputs);
}

function readAction(repository: string, root: string, path: string, where: string): OwnAction {
  const name = `${repository}/${path}`;
  const folder = join(root, path);
  const file = ["action.yml", "action.yaml"]
    .map((base) => join(folder, base))
    .find((candidate) => existsSync(candidate));
  if (path === "" || file === undefined) throw new Refusal(`${where}: there is no action.yml in \`${name}\`.`);
  const text = parse(readFileSync(file, "utf8")) as {
    readonly inputs?: Readonly<Record<string, { readonly default?: unknown; readonly required?: boolean } | null>>;
    readonly runs?: Readonly<Record<string, string>>;
  };
  const runs = text.runs ?? {};
  if (runs.using !== "node24" || runs.main === undefined) {
    throw new Refusal(
      `${where}: the rehearsal runs actions with \`using: node24\`, and \`${name}\` has \`using: ${runs.using}\`.`,
    );
  }
  return {
    kind: "own",
    name,
    inputs: new Map(
      Object.entries(text.inputs ?? {}).map(([input, about]) => [
        input,
        {
          default: about?.default === undefined ? undefined : String(about.default),
          required: about?.required === true,
        },
      ]),
    ),
    folder,
    main: join(folder, runs.main),
    ...(runs.pre === undefined ? {} : { pre: join(folder, runs.pre) }),
    ...(runs["pre-if"] === undefined ? {} : { preIf: runs["pre-if"] }),
    ...(runs.post === undefined ? {} : { post: join(folder, runs.post) }),
    ...(runs["post-if"] === undefined ? {} : { postIf: runs["post-if"] }),
  };
}
