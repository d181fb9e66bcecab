import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A way into a network of its own, such as a private engine's: sockets in the file system are seen from everywhere. */
export interface Door {
  readonly folder: string;
  /** On loopback outside; what listens inside must have the same, as registries tell their own address. */
  readonly port: number;
  close(): Promise<void>;
}

/** Outside: serves what will be behind the door on a free port. */
export async function makeDoor(): Promise<Door> {
  const folder = await mkdtemp(join(tmpdir(), "longshore-door-"));
  const server = await listen(
    createServer((socket) => pass(socket, connect(join(folder, "socket")))),
    0,
  );
  return {
    folder,
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Inside: lets the door lead to a loopback port. */
export async function openDoor(folder: string, port: number): Promise<void> {
  const server = await listen(
    createServer((socket) => pass(socket, connect(port, "127.0.0.1"))),
    join(folder, "socket"),
  );
  server.unref();
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
