import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { HttpRefusal } from "../../scripts/lib/http-refusal.ts";
import { sendRequest } from "../../scripts/lib/http-request.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server on a port of its own; its address. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  stops.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("the whole answer is read, whatever its status", async () => {
  const url = await serve((request, response) =>
    response.writeHead(418, { "x-seen": request.headers.accept }).end("tea"),
  );
  const answer = await sendRequest(`${url}/pot`, { headers: { accept: "text/plain" } });
  expect(answer).toMatchObject({ status: 418, url: `${url}/pot` });
  expect(answer.headers.get("x-seen")).toBe("text/plain");
  expect(answer.body.toString()).toBe("tea");
});

test("compressed answers are unpacked", async () => {
  const url = await serve((_request, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("tea")),
  );
  expect((await sendRequest(url)).body.toString()).toBe("tea");
});

test("what is too long is refused, packed or not", async () => {
  const url = await serve(({ url: path }, response) => {
    const packed = path === "/packed" ? { "content-encoding": "gzip" } : {};
    response.writeHead(200, packed).end(path === "/packed" ? gzipSync("tea".repeat(1000)) : "tea".repeat(1000));
  });
  for (const path of ["/plain", "/packed"]) {
    const asked = sendRequest(`${url}${path}`, { maximumBytes: 2999 });
    await expect(asked).rejects.toThrow(new HttpRefusal("it gives more than 2999 bytes"));
    expect((await sendRequest(`${url}${path}`, { maximumBytes: 3000 })).body).toHaveLength(3000);
  }
});

test("credentials follow a redirect to the same origin only", async () => {
  const seen: string[] = [];
  const note = (place: string, request: IncomingMessage) => seen.push(`${place} ${request.headers.authorization}`);
  const other = await serve((request, response) => {
    note("other", request);
    response.end("end");
  });
  const first = await serve((request, response) => {
    note("first", request);
    response.writeHead(302, { location: request.url === "/a" ? "/b" : `${other}/c` }).end();
  });
  const answer = await sendRequest(`${first}/a`, { headers: { authorization: "token x" } });
  expect(answer).toMatchObject({ status: 200, url: `${other}/c` });
  expect(seen).toEqual(["first token x", "first token x", "other undefined"]);
});

test("redirects end after five", async () => {
  const url = await serve((_request, response) => response.writeHead(302, { location: "/again" }).end());
  await expect(sendRequest(url)).rejects.toThrow("redirects without end");
});

test("an answer that is cut short or too late is no answer", async () => {
  const cut = await serve((_request, response) => {
    response.writeHead(200, { "content-length": "10" }).write("12345");
    setTimeout(() => response.destroy(), 20);
  });
  const late = await serve(() => {});
  const slow = await serve((_request, response) => response.writeHead(200).write("1"));
  await expect(sendRequest(cut)).rejects.toThrow();
  await expect(sendRequest(late, { timeout: 50 })).rejects.toThrow("No complete answer within 0.05 s");
  await expect(sendRequest(slow, { timeout: 50 })).rejects.toThrow("No complete answer within 0.05 s");
});
