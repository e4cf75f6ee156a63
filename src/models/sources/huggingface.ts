import { readList, readRecord, readText } from "../../base/mod.ts";
import { cleanFileName, type HttpResponse, sendJson } from "../../http/mod.ts";
import type { ModelSource } from "../../pyproject/mod.ts";
import { readModelFolders } from "../folders/mod.ts";
import { gated, missingAtSource, unclearSource } from "./faults.ts";
import type { ResolvedFile, SourceWorld, WrittenSource } from "./types.ts";

type HubSource = ModelSource & { readonly type: "huggingface" };
type Repository = WrittenSource & { readonly kind: "repository" };

const REDIRECTS = [301, 302, 303, 307, 308];
/** A renamed repository redirects to its new name. */
const MAX_RENAMES = 3;
const MAX_LIST_BYTES = 32 * 1024 * 1024;
const MODEL_NAMES = /\.(?:safetensors|sft|gguf|ckpt|pt|pth|pt2|bin|onnx|pkl)$/i;

/**
 * Asks the hub for a file: its size, its SHA-256 where it is kept as a large file, and the commit that it is of.
 *
 * Source: `huggingface_hub`'s `get_hf_file_metadata`: HEAD of the `resolve` address, its first answer unfollowed, with
 * `X-Linked-ETag`, `X-Linked-Size`, `X-Repo-Commit` and, for refusals, `X-Error-Code`.
 *
 * @throws `MODEL_GATED`, `MODEL_SOURCE_MISSING`, and what the network throws
 */
export async function resolveHubFile(world: SourceWorld, source: HubSource): Promise<ResolvedFile> {
  const { endpoint, pages } = world.hosts.huggingface;
  const url = hubUrl(endpoint, source);
  const headers = hubHeaders(world);
  const answer = await askForFile(world, url, headers);
  const page = `${pages}/${source.repo}`;
  const subject = hubSubject(source);
  refuse(answer, { subject, page, known: world.tokens.huggingface !== undefined });
  const commit = answer.headers.get("x-repo-commit");
  const etag = answer.headers.get("x-linked-etag")?.replace(/^(?:W\/)?"|"$/g, "") ?? "";
  const size = answer.headers.get("x-linked-size") ??
    (answer.status === 200 ? answer.headers.get("content-length") : null);
  return {
    source: commit !== null && /^[0-9a-f]{40}$/.test(commit)
      ? { ...source, revision: commit }
      : source,
    url,
    headers,
    name: cleanFileName(source.file),
    folder: await folderIn(source.file),
    size: size !== null && /^\d{1,15}$/.test(size) ? Number(size) : undefined,
    digests: /^[0-9a-f]{64}$/.test(etag) ? { sha256: etag } : {},
    service: "huggingface",
    page,
  };
}

/** Repositories made for ComfyUI have its folders, such as `split_files/text_encoders/…`. */
async function folderIn(path: string): Promise<string | undefined> {
  const folders = await readModelFolders();
  return path.split("/").slice(0, -1).map((name) => folders.find(name)?.name)
    .findLast((name) => name !== undefined);
}

async function askForFile(
  world: SourceWorld,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<HttpResponse> {
  let asked = new URL(url);
  for (let renames = 0;; renames++) {
    const answer = await world.http.send({
      url: asked,
      method: "HEAD",
      headers: { ...headers, "accept-encoding": "identity" },
      accept: [...REDIRECTS, 401, 403, 404, 416],
      signal: world.signal,
    });
    const location = answer.headers.get("location");
    if (!REDIRECTS.includes(answer.status) || location === null || renames === MAX_RENAMES) {
      return answer;
    }
    const next = URL.canParse(location, asked) ? new URL(location, asked) : undefined;
    // Another host keeps the bytes; what is known of them stands in this answer.
    if (next?.origin !== asked.origin || answer.headers.has("x-linked-etag")) return answer;
    asked = next;
  }
}

/**
 * Finds the one model of a repository or of one of its folders.
 *
 * @throws `MODEL_SOURCE_UNCLEAR` when there are several, `MODEL_SOURCE_MISSING`, `MODEL_GATED`
 */
export async function findHubFile(world: SourceWorld, wanted: Repository): Promise<HubSource> {
  const { repo, revision = "main", folder } = wanted;
  const { endpoint, pages } = world.hosts.huggingface;
  const [kind, name] = /^(datasets|spaces)\/(.+)$/.exec(repo)?.slice(1) ?? ["models", repo];
  const below = folder === undefined ? "" : `/${encodePath(folder)}`;
  const { response, value } = await sendJson(world.api ?? world.http, {
    url: `${endpoint}/api/${kind}/${name}/tree/${
      encodeURIComponent(revision)
    }${below}?recursive=true`,
    headers: hubHeaders(world),
    accept: [401, 403, 404],
    maxBytes: MAX_LIST_BYTES,
    signal: world.signal,
  });
  const subject = `hf:${repo}${folder === undefined ? "" : `/${folder}`}`;
  const page = `${pages}/${repo}`;
  refuse(response, { subject, page, known: world.tokens.huggingface !== undefined });
  const files = readList(value, "$").map((item, at) => readRecord(item, `$[${at}]`))
    .filter((item) => item.type === "file").map((item) => readText(item.path, "$.path", 1_000))
    .filter((path) => MODEL_NAMES.test(path));
  const [file, ...others] = files;
  if (file === undefined) throw missingAtSource(subject, "no model is in it", page);
  if (others.length > 0) throw unclearSource(subject, files.map((path) => `hf:${repo}/${path}`));
  return { type: "huggingface", repo, file, revision: wanted.revision };
}

function refuse(
  { status, headers }: HttpResponse,
  { subject, page, known }: {
    readonly subject: string;
    readonly page: string;
    readonly known: boolean;
  },
): void {
  const code = headers.get("x-error-code");
  const words = headers.get("x-error-message")?.slice(0, 200).replace(/[\p{Cc}\s]+/gu, " ");
  // The hub hides private repositories behind 401, and those that are not there too.
  if (status === 401 || status === 403) {
    throw gated("huggingface", subject, { page, known, words: words ?? undefined });
  }
  if (status === 404) {
    throw missingAtSource(subject, words ?? code ?? "Hugging Face does not have it", page);
  }
}

/** Where a file of the hub is fetched. */
export function hubUrl(
  endpoint: string,
  { repo, file, revision = "main" }: ModelSource & { readonly type: "huggingface" },
): string {
  return `${endpoint}/${repo}/resolve/${encodeURIComponent(revision)}/${encodePath(file)}`;
}

/** A file of the hub as it is written on the command line. */
export function hubSubject({ repo, file, revision }: HubSource): string {
  return `hf:${repo}${revision === undefined ? "" : `@${revision}`}/${file}`;
}

function hubHeaders({ tokens }: SourceWorld): Readonly<Record<string, string>> {
  return tokens.huggingface === undefined ? {} : { authorization: `Bearer ${tokens.huggingface}` };
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
