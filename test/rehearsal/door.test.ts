import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { makeDoor, openDoor } from "../../rehearsal/door.ts";

test("what listens inside is reached from outside, once the door is open", async () => {
  const inside = createServer((_, response) => response.end("hello from inside"));
  await new Promise<void>((done) => inside.listen(0, "127.0.0.1", done));
  const door = await makeDoor();
  const knock = async (): Promise<string> => (await fetch(`http://localhost:${door.port}/`)).text();
  await expect(knock()).rejects.toThrow();
  await openDoor(door.folder, (inside.address() as AddressInfo).port);
  expect(await knock()).toBe("hello from inside");
  await door.close();
  inside.closeAllConnections();
  inside.close();
});
