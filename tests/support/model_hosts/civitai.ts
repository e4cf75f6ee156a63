import { answerFile, type OfferedFile } from "../file_server.ts";
import { serve, type TestServer } from "../http_server.ts";
import { sha256 } from "./hugging_face.ts";

/** A file of a version of the stand-in for CivitAI. */
export interface VersionFile extends OfferedFile {
  readonly name: string;
  readonly type?: string;
  readonly format?: string;
  readonly size?: string;
  readonly fp?: string;
  readonly primary?: boolean;
  /** Digests that it publishes, instead of the right ones. */
  readonly hashes?: Readonly<Record<string, string>>;
}

/** A version of a model of the stand-in for CivitAI. */
export interface ModelVersion {
  readonly id: number;
  readonly modelId: number;
  readonly files: readonly VersionFile[];
  /** Default `LORA`. */
  readonly kind?: string;
  /** The token that may download it. */
  readonly token?: string;
}

/** A stand-in for CivitAI: the site, and a second server that keeps the bytes. */
export interface Civitai extends AsyncDisposable {
  /** For `CIVITAI_ENDPOINT`. */
  readonly url: string;
  readonly site: TestServer;
  readonly storage: TestServer;
}

/** Starts the stand-in for CivitAI. */
export function serveCivitai(versions: readonly ModelVersion[]): Civitai {
  const storage = serve((request) => {
    if (request.headers.has("authorization")) return new Response("leaked", { status: 400 });
    const [, version, at] = /^\/(\d+)\/(\d+)$/.exec(new URL(request.url).pathname) ?? [];
    const file = versions.find(({ id }) => String(id) === version)?.files[Number(at)];
    if (file === undefined) return new Response("gone", { status: 404 });
    const name = { "content-disposition": `attachment; filename="${file.name}"` };
    return answerFile(request, { etag: `"${version}-${at}"`, headers: name, ...file });
  });
  const site: TestServer = serve(async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const [, kind, id = ""] = /^\/api\/(v1\/models|v1\/model-versions|download\/models)\/(.+)$/
      .exec(pathname) ?? [];
    const version = versions.find((each) => String(each.id) === id);
    if (kind === "v1/models") {
      return answerModel(versions.filter((each) => `${each.modelId}` === id));
    }
    if (kind === "download/models") return download(request, version, searchParams, storage.url);
    if (id === "by-hash") {
      const wanted: unknown = await request.json();
      const hashes = Array.isArray(wanted) ? wanted.map(String) : [];
      const hits = versions.filter((each) => hashes.some((hash) => holds(each, hash)));
      return Response.json(hits.map((each) => describe(each, request)));
    }
    const hash = /^by-hash\/(\w+)$/.exec(id)?.[1];
    const found = hash === undefined ? version : versions.find((each) => holds(each, hash));
    if (found === undefined) return Response.json({ error: "Model not found" }, { status: 404 });
    return Response.json(describe(found, request));
  });
  return {
    url: site.url,
    site,
    storage,
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await storage[Symbol.asyncDispose]();
    },
  };
}

function answerModel(versions: readonly ModelVersion[]): Response {
  if (versions.length === 0) return Response.json({ error: "No model" }, { status: 404 });
  return Response.json({
    id: versions[0]?.modelId,
    modelVersions: versions.map(({ id }) => ({ id })),
  });
}

function download(
  request: Request,
  version: ModelVersion | undefined,
  query: URLSearchParams,
  storage: string,
): Response {
  if (version === undefined) return Response.json({ error: "Not found" }, { status: 404 });
  if (query.has("token")) return new Response("a token in a URL", { status: 400 });
  if (
    version.token !== undefined &&
    request.headers.get("authorization") !== `Bearer ${version.token}`
  ) {
    const message = "The creator of this asset requires you to be logged in to download it";
    return Response.json({ error: "Unauthorized", message }, { status: 401 });
  }
  const at = version.files.findIndex((file) =>
    ["type", "format", "size", "fp"].every((key) => {
      const wanted = query.get(key);
      return wanted === null || wanted === factsOf(file)[key];
    })
  );
  return Response.redirect(`${storage}/${version.id}/${at}`, 307);
}

function factsOf(file: VersionFile): Readonly<Record<string, string | undefined>> {
  return { type: file.type ?? "Model", format: file.format, size: file.size, fp: file.fp };
}

function holds({ files }: ModelVersion, hash: string): boolean {
  return files.some(({ bytes }) => sha256(bytes) === hash.toLowerCase());
}

function describe({ id, modelId, files, kind = "LORA" }: ModelVersion, request: Request) {
  const { origin } = new URL(request.url);
  return {
    id,
    modelId,
    name: "v1",
    baseModel: "SDXL 1.0",
    model: { name: "A model", type: kind },
    files: files.map((file, at) => {
      const { type, ...metadata } = factsOf(file);
      const given = Object.entries(factsOf(file)).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]]
      );
      const query = file.primary ? "" : `?${new URLSearchParams(given)}`;
      return {
        id: id * 100 + at,
        name: file.name,
        sizeKB: file.bytes.length / 1024,
        type,
        metadata,
        primary: file.primary,
        hashes: file.hashes ?? { SHA256: sha256(file.bytes).toUpperCase() },
        downloadUrl: `${origin}/api/download/models/${id}${query}`,
      };
    }),
  };
}
