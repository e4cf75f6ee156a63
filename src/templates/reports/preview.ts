import { ComfydockError } from "../../base/mod.ts";
import type { CheckFacts } from "../checks/mod.ts";
import type { Finding } from "../findings/mod.ts";
import type { RepositoryFiles } from "../repository/mod.ts";
import { galleryOf } from "./gallery.ts";
import { renderGallery } from "./render.ts";

/** What a preview shows; it is read anew for each page, so that edits are seen at once. */
export interface PreviewSource {
  readonly files: RepositoryFiles;
  /** Directory of templates, below the root. */
  readonly templatesDir: string;
  /** The state of the repository as it is now. */
  read(): Promise<{ readonly facts: CheckFacts; readonly findings: readonly Finding[] }>;
}

const TYPES: Readonly<Record<string, string>> = {
  json: "application/json; charset=utf-8",
  webp: "image/webp",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  mp4: "video/mp4",
  webm: "video/webm",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  ogg: "audio/ogg",
  flac: "audio/flac",
  m4a: "audio/mp4",
};

/**
 * Answers requests of a preview: the gallery at `/`, and below `/templates/` the files as ComfyUI gives them out.
 *
 * Only names of the loopback interface are answered, so that no page of another site can read through them.
 */
export function previewHandler(source: PreviewSource): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    if (!isLoopback(url.hostname)) return plain(403, "This preview is for this machine alone");
    if (request.method !== "GET" && request.method !== "HEAD") {
      return plain(405, "A preview is only read");
    }
    const response = await respond(source, url.pathname);
    return request.method === "HEAD" ? new Response(null, response) : response;
  };
}

async function respond(source: PreviewSource, pathname: string): Promise<Response> {
  try {
    return pathname === "/" ? await galleryPage(source) : await fileOf(source, pathname);
  } catch (error) {
    if (!(error instanceof ComfydockError)) throw error;
    // Whoever edits sees what is wrong in the place of the page, and the preview goes on.
    return plain(500, error.message);
  }
}

async function galleryPage(source: PreviewSource): Promise<Response> {
  const { facts, findings } = await source.read();
  const name = facts.repository.meta?.name ?? "Templates";
  const address = (file: string) => `/templates/${encodeURIComponent(file)}`;
  const page = renderGallery(`Preview of ${name}`, galleryOf(facts, findings), {
    thumbnail: address,
    workflow: (id) => address(`${id}.json`),
    media: "'self'",
  });
  return answer(page, "text/html; charset=utf-8");
}

async function fileOf(
  { files, templatesDir }: PreviewSource,
  pathname: string,
): Promise<Response> {
  const name = nameIn(pathname);
  const path = name === undefined ? undefined : `${templatesDir}/${name}`;
  const known = path !== undefined && (await files.list(templatesDir)).includes(path);
  const content = known ? await files.read(path) : undefined;
  if (name === undefined || !content) return plain(404, "There is no such file");
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return answer(content, TYPES[extension] ?? "application/octet-stream");
}

function nameIn(pathname: string): string | undefined {
  const [, encoded] = /^\/templates\/(.+)$/.exec(pathname) ?? [];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    // Not what an address can hold, so that no file has it.
    return undefined;
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function answer(body: BodyInit, type: string): Response {
  return new Response(body, { headers: headers(type) });
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: headers("text/plain; charset=utf-8") });
}

function headers(type: string): Record<string, string> {
  return { "content-type": type, "x-content-type-options": "nosniff", "cache-control": "no-store" };
}
