// Run under flock by run-private-engine.ts: of two commands that find the cache empty, one fetches and one waits.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chooseEnginePackages } from "./engine-packages.ts";
import { installPackages } from "./install-packages.ts";
import { readMachine } from "./machine.ts";

const [cache = ""] = process.argv.slice(2);
const machine = readMachine();
if (typeof machine === "string") throw new Error(machine);
const packages = chooseEnginePackages(machine);
if (!existsSync(join(cache, packages.key))) await installPackages(cache, packages, machine);
