import { cleanFileName, dispositionFileName } from "../../http/mod.ts";
import type { ModelSource } from "../../pyproject/mod.ts";
import { findNewestVersion, resolveCivitaiFile } from "./civitai.ts";
import { invalidSource } from "./faults.ts";
import { findHubFile, hubSubject, resolveHubFile } from "./huggingface.ts";
import { parseSource } from "./parse.ts";
import type {
  CivitaiChoice,
  FileHints,
  ResolvedFile,
  SourceWorld,
  WrittenSource,
} from "./types.ts";

/**
 * Asks the source of a model for its file: where it is fetched, how large it is, and its digests.
 *
 * @param written Not a path.
 * @param hints What is known of the file, which chooses among several.
 * @throws `MODEL_SOURCE_INVALID`, `MODEL_SOURCE_MISSING`, `MODEL_SOURCE_UNCLEAR`, `MODEL_GATED`, and what the network
 * throws
 */
export async function resolveWritten(
  world: SourceWorld,
  written: WrittenSource,
  hints: FileHints = {},
): Promise<ResolvedFile> {
  switch (written.kind) {
    case "path":
      throw invalidSource(written.path, "a path on this machine is no source for others");
    case "repository":
      return await resolveHubFile(world, await findHubFile(world, written));
    case "civitai-model":
      return await resolveCivitaiFile(
        world,
        await findNewestVersion(world, written.modelId),
        {},
        hints,
      );
    case "source":
      return await resolveSource(world, written.source, hints, written.choice);
  }
}

/**
 * Like {@linkcode resolveWritten}, for a source of the manifest.
 *
 * @param choice Which of a CivitAI version's files is meant.
 */
export async function resolveSource(
  world: SourceWorld,
  source: ModelSource,
  hints: FileHints = {},
  choice?: CivitaiChoice,
): Promise<ResolvedFile> {
  switch (source.type) {
    case "huggingface":
      return await resolveHubFile(world, source);
    case "civitai":
      return await resolveCivitaiFile(world, source, choice, hints);
    case "url":
      return await resolveUrl(world, source.url, hints);
    case "unknown":
      throw invalidSource(sourceLabel(source), "this version of comfydock does not know its kind");
  }
}

async function resolveUrl(
  world: SourceWorld,
  text: string,
  hints: FileHints,
): Promise<ResolvedFile> {
  const written = parseSource(text, world.hosts);
  const isUrl = written.kind === "source" && written.source.type === "url";
  // Manifests of others have addresses of the services as plain URLs.
  if (!isUrl) return await resolveWritten(world, written, hints);
  const url = new URL(text);
  const name = nameInUrl(url);
  return {
    source: { type: "url", url: text },
    url: text,
    headers: {},
    name: hints.name ?? (name?.includes(".") ? name : await askForName(world, url) ?? name),
    digests: {},
  };
}

function nameInUrl({ pathname }: URL): string | undefined {
  const last = pathname.split("/").at(-1) ?? "";
  try {
    return cleanFileName(decodeURIComponent(last));
  } catch {
    // Not percent-encoded, so it is meant as it stands.
    return cleanFileName(last);
  }
}

async function askForName(world: SourceWorld, url: URL): Promise<string | undefined> {
  const { status, headers } = await world.http.send({
    url,
    method: "HEAD",
    headers: { "accept-encoding": "identity" },
    accept: [400, 401, 403, 404, 405, 501],
    signal: world.signal,
  });
  return status < 300 ? dispositionFileName(headers.get("content-disposition")) : undefined;
}

/** A source as people write it, for messages and lists. */
export function sourceLabel(source: ModelSource): string {
  switch (source.type) {
    case "huggingface":
      return hubSubject(source);
    case "civitai":
      return `civitai:${source.versionId}`;
    case "url":
      return source.url;
    case "unknown":
      return JSON.stringify(source.fields).slice(0, 200);
  }
}

/** Whether two sources name the same place; where a revision is not named, any is meant. */
export function isSameSource(one: ModelSource, other: ModelSource): boolean {
  if (one.type === "civitai" && other.type === "civitai") return one.versionId === other.versionId;
  if (one.type === "huggingface" && other.type === "huggingface") {
    const revisions = new Set([one.revision, other.revision]);
    return one.repo.toLowerCase() === other.repo.toLowerCase() && one.file === other.file &&
      (revisions.size === 1 || revisions.has(undefined));
  }
  return one.type === other.type && sourceLabel(one) === sourceLabel(other);
}
