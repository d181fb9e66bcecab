import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readImage } from "../../scripts/lib/registry/read-image.ts";
import { digestOf, openRegistry, type Registry } from "../../scripts/lib/registry/registry.ts";
import { walkParts } from "../../scripts/promote-image/image-parts.ts";

const INDEX = "application/vnd.oci.image.index.v1+json";
const contents = new Map<string, string>();
const asked: string[] = [];
const server = createServer((request, response) => {
  const reference = request.url?.split("/").at(-1) ?? "";
  asked.push(`${request.method} ${reference}`);
  const text = contents.get(reference);
  if (text === undefined) return response.writeHead(404).end();
  const headers = { "content-type": INDEX, "docker-content-digest": digestOf(Buffer.from(text)) };
  response.writeHead(200, { ...headers, "content-length": text.length }).end(text);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());

function open(): Registry {
  asked.length = 0;
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return openRegistry(`${host}/acme/app`, { credentials: async () => undefined, attempts: 1, delay: 0 });
}

function store(content: object): string {
  const text = JSON.stringify({ schemaVersion: 2, ...content });
  const digest = digestOf(Buffer.from(text));
  contents.set(digest, text);
  return digest;
}

const image = (name: string): string => store({ config: descriptor(digestOf(Buffer.from(name))), layers: [] });
const index = (...children: readonly string[]): string => store({ manifests: children.map(descriptor) });

function descriptor(digest: string) {
  return { mediaType: INDEX, digest, size: 1, platform: { os: "linux", architecture: "amd64" } };
}

function tower(height: number): string {
  let top = image(`floor of ${height}`);
  for (let floor = 1; floor < height; floor += 1) top = index(top, top);
  return top;
}

describe("the parts of an image", () => {
  it("come children first, each asked for once", async () => {
    const [a, b] = [image("a"), image("b")];
    const shared = index(a, b);
    const root = index(shared, a, index(shared, b), b, a);
    const parts = await walkParts(open()).read(root);
    const order = parts.map(({ manifest }) => manifest.digest);
    expect(new Set(order).size).toBe(5);
    for (const { manifest, content } of parts) {
      const children = content.type === "index" ? content.manifests.map(({ digest }) => digest) : [];
      expect(children.every((child) => order.indexOf(child) < order.indexOf(manifest.digest))).toBe(true);
    }
    expect(asked).toHaveLength(5);
  });

  it("are asked for once over several walks of one run, also by those that walk at the same time", async () => {
    const root = index(image("c"), image("d"));
    const registry = open();
    await Promise.all([walkParts(registry).read(root), walkParts(registry).read(root)]);
    await walkParts(registry).read(root);
    expect(asked).toHaveLength(3);
  });

  it("may be five levels deep, and not deeper", async () => {
    expect(await walkParts(open()).read(tower(5))).toHaveLength(5);
    await expect(walkParts(open()).read(tower(25))).rejects.toThrow("is nested deeper than 5 levels");
    expect(asked.length).toBeLessThanOrEqual(6);
  });

  it("may be two thousand, and not more", async () => {
    const roots = [0, 1, 2].map((part) =>
      index(...Array.from({ length: 700 }, (_, number) => image(`${part} ${number}`))),
    );
    const walk = walkParts(open());
    await walk.read(roots[0] ?? "");
    await expect(walk.read(index(...roots))).rejects.toThrow("more than 2000 manifests");
    expect(asked.length).toBeLessThanOrEqual(2000);
  });

  it("are refused where one index names more than a thousand", async () => {
    const many = index(...Array.from({ length: 1001 }, (_, number) => digestOf(Buffer.from(`${number}`))));
    await expect(walkParts(open()).read(many)).rejects.toThrow("names 1001 manifests");
    expect(asked).toHaveLength(1);
  });

  it("are told where one is missing", async () => {
    const gone = digestOf(Buffer.from("gone"));
    const root = index(image("e"), gone);
    await expect(walkParts(open()).read(root)).rejects.toThrow(`holds no ${gone}, a part of ${root}`);
  });
});

it("an index that names a part many times asks for it once", async () => {
  const part = image("f");
  await readImage(open(), index(...Array.from({ length: 500 }, () => part)));
  expect(asked.filter((line) => line === `HEAD ${part}`)).toHaveLength(1);
});
