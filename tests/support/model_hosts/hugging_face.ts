import { createHash } from "node:crypto";
import { answerFile, type OfferedFile } from "../file_server.ts";
import { serve, type TestServer } from "../http_server.ts";

/** A file of the stand-in for Hugging Face. */
export interface HubFile extends OfferedFile {
  /** `OWNER/REPOSITORY/PATH`. */
  readonly path: string;
  /** Small files are kept in git, without a SHA-256. */
  readonly small?: boolean;
  /** The token that may have it, or `true` for nobody. */
  readonly gated?: string | true;
  /** What the hub says its SHA-256 is, when it lies. */
  readonly claimed?: string;
}

/** A stand-in for Hugging Face: the hub, and a second server that keeps the bytes. */
export interface HuggingFace extends AsyncDisposable {
  /** For `HF_ENDPOINT`. */
  readonly url: string;
  readonly hub: TestServer;
  readonly storage: TestServer;
}

/** The commit that every revision leads to. */
export const HUB_COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** How answers of the storage go wrong: by what `count` requests came before. */
export type StorageFault = (
  file: HubFile,
  count: number,
  request: Request,
) => OfferedFile | Response;

/** Starts the stand-in for Hugging Face. */
export function serveHuggingFace(
  files: readonly HubFile[],
  fault: StorageFault = (file) => file,
): HuggingFace {
  const storage = serve((request, count) => {
    if (request.headers.has("authorization")) return new Response("leaked", { status: 400 });
    const key = new URL(request.url).pathname.slice(1);
    const file = files.find((each) => sha256(each.bytes) === key);
    if (file === undefined) return new Response("gone", { status: 404 });
    const offered = fault(file, count, request);
    if (offered instanceof Response) return offered;
    return answerFile(request, { etag: `"${sha256(offered.bytes)}"`, ...offered });
  });
  const hub = serve((request) => answerHub(request, files, storage.url));
  return {
    url: hub.url,
    hub,
    storage,
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]();
      await storage[Symbol.asyncDispose]();
    },
  };
}

function answerHub(request: Request, files: readonly HubFile[], storage: string): Response {
  const path = decodeURIComponent(new URL(request.url).pathname).slice(1);
  const tree = /^api\/models\/([^/]+\/[^/]+)\/tree\/[^/]+(?:\/(.+))?$/.exec(path);
  if (tree !== null) return answerTree(files, [tree[1], tree[2]].filter(Boolean).join("/"));
  const [, repo, revision, name] = /^([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const file = files.find((each) => each.path === `${repo}/${name}`);
  if (!files.some((each) => each.path.startsWith(`${repo}/`))) {
    return refusal(401, "RepoNotFound", "Invalid username or password.");
  }
  if (file === undefined) return refusal(404, "EntryNotFound", "Entry not found");
  if (revision === "nowhere") return refusal(404, "RevisionNotFound", "Invalid rev id: nowhere");
  const token = request.headers.get("authorization");
  if (file.gated !== undefined && token !== `Bearer ${file.gated}`) {
    const words = `Access to model ${repo} is restricted`;
    return refusal(token === null ? 401 : 403, "GatedRepo", words);
  }
  const headers = new Headers({ "x-repo-commit": HUB_COMMIT });
  if (file.small) {
    headers.set("etag", '"0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"');
    headers.set("content-length", String(file.bytes.length));
    return new Response(request.method === "HEAD" ? null : file.bytes, { headers });
  }
  headers.set("x-linked-etag", `"${file.claimed ?? sha256(file.bytes)}"`);
  headers.set("x-linked-size", String(file.bytes.length));
  headers.set("location", `${storage}/${sha256(file.bytes)}?X-Amz-Signature=abc`);
  return new Response(null, { status: 302, headers });
}

function answerTree(files: readonly HubFile[], below: string): Response {
  const found = files.filter(({ path }) => path.startsWith(`${below}/`));
  if (found.length === 0) return refusal(404, "EntryNotFound", "Entry not found");
  return Response.json(found.map(({ path, bytes }) => ({
    type: "file",
    path: path.split("/").slice(2).join("/"),
    size: bytes.length,
    lfs: { oid: sha256(bytes), size: bytes.length },
  })));
}

function refusal(status: number, code: string, message: string): Response {
  const headers = { "x-error-code": code, "x-error-message": message };
  return Response.json({ error: message }, { status, headers });
}

/** SHA-256 in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
