import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { HttpRefusal } from "../../scripts/lib/http/refusal.ts";
import { sendRequest } from "../../scripts/lib/http/request.ts";

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

test("what unpacks to too much is stopped while it comes", async () => {
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
  const url = await serve((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    const more = (): void => {
      if (!response.destroyed) response.write(bomb, () => setTimeout(more, 5));
    };
    more();
  });
  // Who collects first would collect until the time limit.
  await expect(sendRequest(url)).rejects.toThrow("it gives more than 16777216 bytes");
});

test("of what is no success only the beginning is read, without waiting for its end", async () => {
  const url = await serve((_request, response) => void response.writeHead(500).write("<".repeat(4 * 1024 * 1024)));
  const answer = await sendRequest(url, { maximumBytes: 10 });
  expect(answer).toMatchObject({ status: 500 });
  expect(answer.body).toHaveLength(64 * 1024);
});

test("an empty answer that says it is packed is empty", async () => {
  const url = await serve((_request, response) => response.writeHead(200, { "content-encoding": "gzip" }).end());
  expect((await sendRequest(url)).body).toHaveLength(0);
  expect((await sendRequest(url, { method: "HEAD" })).body).toHaveLength(0);
});

test("what is packed badly, or cut short, is no answer", async () => {
  const packed = gzipSync("tea".repeat(1000));
  const url = await serve(({ url: path }, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(path === "/cut" ? packed.subarray(0, 20) : "tea");
  });
  await expect(sendRequest(`${url}/cut`)).rejects.toThrow();
  await expect(sendRequest(`${url}/bad`)).rejects.toThrow();
});

test("the time limit holds over all redirects", async () => {
  let hops = 0;
  const url = await serve((_request, response) => {
    hops += 1;
    setTimeout(() => response.writeHead(302, { location: `/${hops}` }).end(), 60);
  });
  await expect(sendRequest(url, { timeout: 150 })).rejects.toThrow("No complete answer within 0.15 s");
});

test("a body that comes drop by drop ends at the time limit", async () => {
  const url = await serve((_request, response) => {
    const timer = setInterval(() => response.write("."), 10);
    response.on("close", () => clearInterval(timer));
  });
  await expect(sendRequest(url, { timeout: 100 })).rejects.toThrow("No complete answer within 0.1 s");
});
