import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What is said inside when the door is opened. */
interface Sign {
  readonly port: number;
}

/** The folder of a door, for whoever stands outside. */
export function makeDoor(): Promise<string> {
  return mkdtemp(join(tmpdir(), "longshore-door-"));
}

/**
 * Inside: a private engine and all that it reaches live in a network of their own, but sockets in the file system are seen
 * from everywhere. Gives a loopback port to the outside by one.
 */
export async function openDoor(folder: string, port: number): Promise<void> {
  await listen(
    createServer((socket) => pass(socket, connect(port, "127.0.0.1"))),
    join(folder, "socket"),
  );
  await writeFile(join(folder, "sign.tmp"), JSON.stringify({ port } satisfies Sign));
  await rename(join(folder, "sign.tmp"), join(folder, "sign"));
}

/**
 * Outside: waits until the door opens, and serves what is behind it on loopback: on the same port if it is free.
 * Gives the port, or nothing if the door was still shut when the signal came.
 */
export async function serveDoor(folder: string, signal: AbortSignal): Promise<number | undefined> {
  while (!existsSync(join(folder, "sign"))) {
    if (signal.aborted) return undefined;
    await sleep(200);
  }
  const { port } = JSON.parse(await readFile(join(folder, "sign"), "utf8")) as Sign;
  const serve = (at: number): Promise<Server> =>
    listen(
      createServer((socket) => pass(socket, connect(join(folder, "socket")))),
      at,
    );
  const server = await serve(port).catch(() => serve(0));
  signal.addEventListener("abort", () => {
    server.close();
    void rm(folder, { recursive: true, force: true });
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

function pass(one: Socket, other: Socket): void {
  for (const socket of [one, other]) socket.on("error", () => [one, other].map((end) => end.destroy()));
  one.pipe(other).pipe(one);
}

async function listen(server: Server, at: number | string): Promise<Server> {
  if (typeof at === "number") server.listen(at, "127.0.0.1");
  else server.listen(at);
  await once(server, "listening");
  return server;
}
