import type { Upload } from "../blob-store.ts";
import type { Answer, Received } from "../http-exchange.ts";
import { mayRead } from "./registry-access.ts";
import type { RegistryContext, RegistryRoute } from "./registry-context.ts";
import { registryError } from "./registry-error.ts";

// A session's address is relative and has `upload`, not `uploads`, at GHCR: clients must follow `Location`, not guess.
const session = /^\/v2\/(.+)\/blobs\/uploads?\/([0-9a-f-]{36})$/;

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs */
export const uploadRoutes: readonly RegistryRoute[] = [
  {
    methods: ["POST"],
    path: /^\/v2\/(.+)\/blobs\/uploads\/?()$/,
    kind: "upload-start",
    access: "push",
    handle: startUpload,
  },
  { methods: ["PATCH"], path: session, kind: "upload-chunk", access: "push", handle: onSession(addChunk) },
  { methods: ["PUT"], path: session, kind: "upload-finish", access: "push", handle: onSession(finishUpload) },
  { methods: ["GET", "HEAD"], path: session, kind: "upload-status", access: "push", handle: onSession(showUpload) },
  { methods: ["DELETE"], path: session, kind: "upload-cancel", access: "push", handle: onSession(cancelUpload) },
];

type SessionHandler = (context: RegistryContext, request: Received, upload: Upload) => Answer | Promise<Answer>;

function onSession(handle: SessionHandler): RegistryRoute["handle"] {
  return (context, request, name, id) => {
    const upload = context.blobs.upload(id);
    if (upload === undefined || upload.repository !== name) return uploadUnknown;
    return handle(context, request, upload);
  };
}

const uploadUnknown = registryError(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");

async function startUpload(context: RegistryContext, request: Received, name: string): Promise<Answer> {
  const { blobs, packages, tokens } = context;
  const query = request.url.searchParams;
  const mount = query.get("mount");
  const from = query.get("from");
  if (mount !== null && from !== null && packages.hasBlob(from, mount)) {
    const bearer = tokens.readRegistry(request.headers.authorization);
    const scopes = bearer.type === "known" ? bearer.token.scopes : new Map<string, Set<string>>();
    const scoped = scopes === "all" || scopes.get(from)?.has("pull") === true;
    if (scoped && bearer.type === "known" && mayRead(packages, bearer.token.owner, from)) {
      packages.linkBlob(name, mount);
      return created(name, mount);
    }
  }
  const upload = await blobs.startUpload(name);
  const digest = query.get("digest");
  if (digest === null) return accepted(upload);
  return finishUpload(context, request, upload);
}

async function addChunk({ blobs }: RegistryContext, request: Received, upload: Upload): Promise<Answer> {
  return (await appendInOrder(blobs, request, upload)) ?? accepted(upload);
}

async function finishUpload({ blobs, packages }: RegistryContext, request: Received, upload: Upload): Promise<Answer> {
  const refused = await appendInOrder(blobs, request, upload);
  if (refused !== undefined) return refused;
  const digest = request.url.searchParams.get("digest") ?? "";
  if (!/^sha256:[0-9a-f]{64}$/.test(digest) || !(await blobs.finish(upload, digest))) {
    if (blobs.upload(upload.id) === undefined) return uploadUnknown;
    await blobs.cancel(upload);
    return registryError(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
  }
  packages.linkBlob(upload.repository, digest);
  return created(upload.repository, digest);
}

/** Adds the body; a chunk that does not begin where the last one ended is refused. */
async function appendInOrder(
  blobs: RegistryContext["blobs"],
  request: Received,
  upload: Upload,
): Promise<Answer | undefined> {
  const range = /^(?:bytes )?(\d+)-\d+/.exec(request.headers["content-range"] ?? "");
  if (range !== null && Number(range[1]) !== upload.size) {
    return registryError(416, "RANGE_INVALID", "invalid content range", { headers: position(upload) });
  }
  await blobs.append(upload, request.body);
  return undefined;
}

function showUpload(_context: RegistryContext, _request: Received, upload: Upload): Answer {
  return { status: 204, headers: position(upload) };
}

async function cancelUpload({ blobs }: RegistryContext, _request: Received, upload: Upload): Promise<Answer> {
  await blobs.cancel(upload);
  return { status: 204, headers: {} };
}

function position(upload: Upload): Record<string, string> {
  return {
    location: `/v2/${upload.repository}/blobs/upload/${upload.id}`,
    // Of nothing, too, the range is `0-0`: the specification has no way to say it.
    range: `0-${Math.max(0, upload.size - 1)}`,
    "docker-upload-uuid": upload.id,
  };
}

function accepted(upload: Upload): Answer {
  return { status: 202, headers: position(upload) };
}

function created(name: string, digest: string): Answer {
  return {
    status: 201,
    headers: { location: `/v2/${name}/blobs/${digest}`, "docker-content-digest": digest },
  };
}
