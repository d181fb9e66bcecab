import type { BuildFacts, EventContext } from "./build-facts.ts";

/** What an event means for one component. @throws InputError where the event is refused or its payload unusable */
export function readBuildFacts(_event: EventContext, _component: string): BuildFacts {
  throw new Error("to be written");
}
