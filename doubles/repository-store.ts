import { repositoryControl } from "./repository-control.ts";
import type { RepositoryDouble } from "./repository-double.ts";
import { type RepositoryState, repositoryState } from "./repository-state.ts";
import type { Journal } from "./timeline.ts";

export interface RepositoryStore {
  find(fullName: string): RepositoryState | undefined;
  /** Makes it on first use. */
  control(fullName: string): RepositoryDouble;
  owns(login: string): boolean;
  /** What a new package inherits: the visibility of the repository of its name, or of the one above it. */
  visibilityOf(packageName: string): "public" | "private";
}

/** Repositories by name, in any case. */
export function repositoryStore(journal: Journal): RepositoryStore {
  const states = new Map<string, RepositoryState>();
  const controls = new Map<string, RepositoryDouble>();
  const find = (fullName: string) => states.get(fullName.toLowerCase());
  return {
    find,
    control: (fullName) => {
      const key = fullName.toLowerCase();
      const known = controls.get(key);
      if (known !== undefined) return known;
      if (!/^[\w.-]+\/[\w.-]+$/.test(fullName)) throw new Error(`${fullName} is no owner/name.`);
      const state = repositoryState(1_000 + states.size, fullName, journal);
      const control = repositoryControl(state);
      states.set(key, state);
      controls.set(key, control);
      return control;
    },
    owns: (login) => [...states.keys()].some((key) => key.startsWith(`${login.toLowerCase()}/`)),
    visibilityOf: (packageName) => find(packageName.split("/").slice(0, 2).join("/"))?.visibility ?? "private",
  };
}
