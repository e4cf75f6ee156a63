import { readRecord } from "../../base/mod.ts";
import type { ModelSource } from "../../pyproject/mod.ts";
import { chooseFile } from "./civitai_choice.ts";
import { askCivitai, isRefusal } from "./civitai_api.ts";
import { readVersion } from "./civitai_version.ts";
import { gated, missingAtSource } from "./faults.ts";
import type { CivitaiChoice, FileHints, ResolvedFile, SourceWorld } from "./types.ts";

type CivitaiSource = ModelSource & { readonly type: "civitai" };

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

async function ask(
  world: SourceWorld,
  path: string,
  { subject, page }: { readonly subject: string; readonly page: string },
): Promise<unknown> {
  const known = world.tokens.civitai !== undefined;
  try {
    const value = await askCivitai(world, { path });
    if (value !== undefined) return value;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw gated("civitai", subject, { page, known });
  }
  throw missingAtSource(subject, "CivitAI does not have it", page);
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
