import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { makeDoor, openDoor, serveDoor } from "./door.ts";

test("what listens inside is reached from outside, also where its port is taken there", async () => {
  const inside = createServer((_, response) => response.end("hello from inside"));
  await new Promise<void>((done) => inside.listen(0, "127.0.0.1", done));
  const folder = await makeDoor();
  const shut = new AbortController();
  const served = serveDoor(folder, shut.signal);
  await openDoor(folder, (inside.address() as AddressInfo).port);
  const port = await served;
  expect(port).not.toBe((inside.address() as AddressInfo).port);
  expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe("hello from inside");
  shut.abort();
  inside.close();
});
