import { baseName, isModelFile, type ModelReference, type NoteLink } from "../dependencies/mod.ts";
import { normalPath } from "./paths.ts";
import { findOffers, urlsByName } from "./model_offers.ts";
import type { LocalModel, ModelEvidence, ModelKnowledge, ResolvedModel } from "./model_types.ts";

const EMBEDDING_ENDINGS: readonly string[] = [".safetensors", ".pt", ".bin"];

const MOST_CLOSE = 3;

/** What was found for one reference among the files that are here. */
interface Match {
  readonly evidence: ModelEvidence;
  readonly files: readonly LocalModel[];
}

/**
 * Finds the files that a workflow's references mean: by hash, by path, by folder and name, by name alone; what is not here
 * may be downloadable.
 *
 * @param links Addresses in the workflow's notes.
 */
export function resolveModels(
  references: readonly ModelReference[],
  links: readonly NoteLink[],
  knowledge: ModelKnowledge,
): readonly ResolvedModel[] {
  const urls = urlsByName(references, links);
  return references.map((reference) => {
    const manifestKey = manifestEntry(reference, knowledge)?.key;
    const match = findLocal(reference, knowledge);
    if (match) return { ...settle(reference, match, knowledge), manifestKey };
    const offers = findOffers(reference, urls, knowledge);
    const known = { reference, evidence: offers[0]?.evidence, offers, manifestKey };
    if (offers.length > 0) return { ...known, outcome: "downloadable", candidates: [] };
    const candidates = knowledge.local.close(baseName(reference.value), MOST_CLOSE);
    return { ...known, outcome: "unknown", candidates };
  });
}

function findLocal(reference: ModelReference, knowledge: ModelKnowledge): Match | undefined {
  const { local } = knowledge;
  const byHash = hashesOf(reference, knowledge).flatMap(([algorithm, hash]) =>
    local.byHash(algorithm, hash)
  );
  if (byHash.length > 0) return { evidence: "hash", files: byHash };
  const wanted = normalPath(reference.value);
  const named = namesOf(reference).flatMap((name) => local.named(name))
    .filter((file) => mayServe(reference, file));
  const exact = named.filter((file) => isInFolder(reference, file, knowledge));
  const steps: readonly Match[] = [
    { evidence: "path", files: exact.filter(({ path }) => path === wanted) },
    {
      evidence: "path",
      files: exact.filter(({ path }) => path.toLowerCase() === wanted.toLowerCase()),
    },
    { evidence: "folder_name", files: exact },
    { evidence: "name", files: named },
  ];
  return steps.find(({ files }) => files.length > 0);
}

function settle(
  reference: ModelReference,
  { evidence, files }: Match,
  knowledge: ModelKnowledge,
): ResolvedModel {
  const wanted = normalPath(reference.value);
  const placed = files.filter((file) => isInFolder(reference, file, knowledge));
  // Equal files are one model; the copy that stands where the loader looks is the best of them.
  const best = placed.find(({ path }) => path === wanted) ?? placed[0] ?? files[0]!;
  const found = { reference, evidence, candidates: files, offers: [] };
  const value = best.path.replaceAll("/", knowledge.separator);
  // ComfyUI compares letter by letter, separators included.
  const isWritten = reference.path === undefined || reference.value === value;
  if (new Set(files.map(({ blake3 }) => blake3)).size > 1 && best.path !== wanted) {
    return { ...found, outcome: "ambiguous" };
  }
  if (placed.length === 0 && reference.folders.length > 0) {
    return { ...found, outcome: "misplaced", file: best };
  }
  if (isWritten) return { ...found, outcome: "local", file: best };
  return { ...found, outcome: "moved", file: best, value };
}

function hashesOf(
  reference: ModelReference,
  knowledge: ModelKnowledge,
): readonly (readonly [algorithm: string, hash: string])[] {
  const { embedded } = reference;
  const entry = manifestEntry(reference, knowledge);
  const own = entry?.hash?.split(":") ?? [];
  return [
    [embedded?.hashType ?? "sha256", embedded?.hash],
    [own[0] ?? "", own[1]],
    ["sha256", entry?.sha256],
  ].flatMap(([algorithm, hash]) =>
    algorithm && hash ? [[algorithm.toLowerCase(), hash.toLowerCase()] as const] : []
  );
}

function manifestEntry({ value }: ModelReference, { manifest }: ModelKnowledge) {
  const name = baseName(value);
  return manifest.find(({ localPath }) =>
    localPath !== undefined && normalPath(localPath).endsWith(`/${normalPath(value)}`)
  ) ??
    manifest.find((model) => model.name === name || baseName(model.localPath ?? "") === name);
}

function isInFolder(
  { folders }: ModelReference,
  { folder }: LocalModel,
  knowledge: ModelKnowledge,
): boolean {
  return folder !== undefined &&
    folders.some((one) => knowledge.folder(one) === knowledge.folder(folder));
}

// Prompts name embeddings without their ending.
function namesOf({ value, evidence }: ModelReference): readonly string[] {
  const name = baseName(value);
  return evidence === "embedding" && !isModelFile(name)
    ? EMBEDDING_ENDINGS.map((ending) => name + ending)
    : [name];
}

function mayServe({ evidence }: ModelReference, { folder }: LocalModel): boolean {
  return evidence !== "embedding" || folder === "embeddings";
}
