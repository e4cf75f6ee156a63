import { type ComfydockError, isKind, readRecord } from "../../base/mod.ts";
import { httpErrors, type HttpRequest, sendJson } from "../../http/mod.ts";
import type { ModelSource } from "../../pyproject/mod.ts";
import { chooseFile } from "./civitai_choice.ts";
import { type CivitaiVersion, readVersion } from "./civitai_version.ts";
import { gated, missingAtSource } from "./faults.ts";
import type { CivitaiChoice, FileHints, ResolvedFile, SourceWorld } from "./types.ts";

type CivitaiSource = ModelSource & { readonly type: "civitai" };

/** The service takes no more hashes in one question. */
const MAX_BATCH = 100;
const MAX_BATCH_BYTES = 64 * 1024 * 1024;

/**
 * Asks CivitAI for a version and chooses the file of it.
 *
 * @param hints What the file must be, which chooses among several.
 * @throws `MODEL_SOURCE_UNCLEAR`, `MODEL_SOURCE_MISSING`, `MODEL_GATED`, and what the network throws
 */
export async function resolveCivitaiFile(
  world: SourceWorld,
  source: CivitaiSource,
  choice: CivitaiChoice = {},
  hints: FileHints = {},
): Promise<ResolvedFile> {
  const subject = `civitai:${source.versionId}`;
  const page = civitaiPage(world, source);
  const value = await ask(world, `model-versions/${source.versionId}`, { subject, page });
  const version = readVersion(value, "$");
  const file = chooseFile(version, choice, hints, { subject, page });
  const { endpoint } = world.hosts.civitai;
  const { civitai: token } = world.tokens;
  return {
    source: { type: "civitai", modelId: version.modelId ?? source.modelId, versionId: version.id },
    url: `${endpoint}/api/download/models/${version.id}${file.query}`,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    name: file.name,
    folder: folderOf(world, file.type === "VAE" ? "vae" : version.kind),
    roughSize: file.roughSize,
    digests: file.digests,
    service: "civitai",
    page: civitaiPage(world, { modelId: version.modelId, versionId: version.id }),
  };
}

/**
 * Finds the newest version of a model.
 *
 * @throws `MODEL_SOURCE_MISSING`, `MODEL_GATED`, and what the network throws
 */
export async function findNewestVersion(
  world: SourceWorld,
  modelId: string,
): Promise<CivitaiSource> {
  const subject = `model ${modelId} of CivitAI`;
  const page = `${world.hosts.civitai.pages}/models/${modelId}`;
  const model = readRecord(await ask(world, `models/${modelId}`, { subject, page }), "$");
  const [newest] = Array.isArray(model.modelVersions) ? model.modelVersions : [];
  if (newest === undefined) throw missingAtSource(subject, "it has no version", page);
  return { type: "civitai", modelId, versionId: readVersion(newest, "$.modelVersions[0]").id };
}

/**
 * Finds the versions that hold a file, by its hash.
 *
 * @param hash In hex: SHA-256, BLAKE3 or what else CivitAI keeps.
 * @returns Nothing where no version has it.
 */
export async function findByHash(
  world: SourceWorld,
  hash: string,
): Promise<CivitaiVersion | undefined> {
  const value = await askMaybe(world, { path: `model-versions/by-hash/${hash}` });
  return value === undefined ? undefined : readVersion(value, "$");
}

/**
 * Finds the versions that hold files, by their SHA-256, in as few questions as can be.
 *
 * @param hashes In hex.
 * @returns By hash in lower case; hashes that no version has are absent.
 */
export async function findManyByHash(
  world: SourceWorld,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, CivitaiVersion>> {
  const wanted = [...new Set(hashes.map((hash) => hash.toLowerCase()))];
  const found = new Map<string, CivitaiVersion>();
  for (let at = 0; at < wanted.length; at += MAX_BATCH) {
    const batch = wanted.slice(at, at + MAX_BATCH);
    const value = await askMaybe(world, {
      path: "model-versions/by-hash",
      body: JSON.stringify(batch),
    });
    for (const item of Array.isArray(value) ? value : []) {
      const version = readVersion(item, "$[]");
      for (const { digests } of version.files) {
        const hash = digests.sha256;
        if (hash !== undefined && batch.includes(hash)) found.set(hash, version);
      }
    }
  }
  return found;
}

async function ask(
  world: SourceWorld,
  path: string,
  { subject, page }: { readonly subject: string; readonly page: string },
): Promise<unknown> {
  const known = world.tokens.civitai !== undefined;
  try {
    const value = await askMaybe(world, { path });
    if (value !== undefined) return value;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw gated("civitai", subject, { page, known });
  }
  throw missingAtSource(subject, "CivitAI does not have it", page);
}

async function askMaybe(
  world: SourceWorld,
  { path, body }: { readonly path: string; readonly body?: string },
): Promise<unknown> {
  const request: HttpRequest = {
    url: `${world.hosts.civitai.endpoint}/api/v1/${path}`,
    method: body === undefined ? "GET" : "POST",
    body,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    accept: [404],
    repeatable: true,
    maxBytes: MAX_BATCH_BYTES,
    signal: world.signal,
  };
  const { response, value } = await withTokenIfRefused(world, request);
  return response.status === 404 ? undefined : value;
}

/** What everybody may know is asked without a token: such answers are kept. */
async function withTokenIfRefused(world: SourceWorld, request: HttpRequest) {
  const { civitai: token } = world.tokens;
  const api = world.api ?? world.http;
  try {
    return await sendJson(api, request);
  } catch (error) {
    if (token === undefined || !isRefusal(error)) throw error;
    const headers = { ...request.headers, authorization: `Bearer ${token}` };
    return await sendJson(api, { ...request, headers });
  }
}

function isRefusal(error: unknown): error is ComfydockError {
  return isKind(error, httpErrors.HTTP_STATUS) &&
    (error.details.status === 401 || error.details.status === 403);
}

function folderOf({ hosts }: SourceWorld, kind: string | undefined): string | undefined {
  const { folders } = hosts.civitai;
  const name = kind?.toLowerCase() ?? "";
  return Object.hasOwn(folders, name) ? folders[name] : undefined;
}

function civitaiPage(
  { hosts }: SourceWorld,
  { modelId, versionId }: { readonly modelId?: string; readonly versionId: string },
): string {
  return modelId === undefined
    ? `${hosts.civitai.pages}/model-versions/${versionId}`
    : `${hosts.civitai.pages}/models/${modelId}?modelVersionId=${versionId}`;
}
