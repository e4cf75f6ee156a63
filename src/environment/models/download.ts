import {
  downloadModels,
  type ModelOutcome,
  type PlacedOutcome,
  type WantedModel,
} from "../../models/mod.ts";
import { editManifest, type Manifest, type ManifestModel, setModel } from "../../pyproject/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { changeModels } from "./change.ts";
import { expectedDigests, findEntry } from "./entries.ts";
import { notePlaced } from "./note.ts";
import { modelPath, statModel } from "./places.ts";
import { withModelWorld } from "./world.ts";

/** Which models of the manifest are fetched. */
export interface DownloadRequest {
  /** By key, name, file name or digest; empty for those that are required. */
  readonly names: readonly string[];
  /** Optional ones too. */
  readonly all: boolean;
  readonly dryRun: boolean;
}

/** What a download of the manifest's models shall do. */
export interface DownloadPlan {
  /** Not in their places. */
  readonly missing: readonly WantedModel[];
  /** In their places, as far as their sizes tell. */
  readonly present: readonly ManifestModel[];
  /** Without a place of their own that can be used. */
  readonly placeless: readonly ManifestModel[];
}

/** What a download of the manifest's models came to. */
export interface DownloadReport extends DownloadPlan {
  readonly outcomes: readonly ModelOutcome[];
  readonly commit?: string;
}

/**
 * Chooses the models of a manifest that are asked for.
 *
 * @throws `MODEL_NOT_LISTED`, `MODEL_AMBIGUOUS`
 */
export function chooseModels(
  manifest: Pick<Manifest, "models">,
  { names, all }: Pick<DownloadRequest, "names" | "all">,
): readonly ManifestModel[] {
  if (names.length > 0) return [...new Set(names.map((name) => findEntry(manifest, name)))];
  const models = Object.values(manifest.models);
  return all ? models : models.filter(({ criticality }) => criticality === "required");
}

/**
 * Decides what has to be fetched.
 *
 * @param models Absolute path of the directory of models.
 * @param sizes Of the files that are in their places, in bytes by key.
 */
export function planDownload(
  chosen: readonly ManifestModel[],
  models: string,
  sizes: ReadonlyMap<string, number>,
): DownloadPlan {
  const missing: WantedModel[] = [];
  const present: ManifestModel[] = [];
  const placeless: ManifestModel[] = [];
  for (const model of chosen) {
    const { key, name, localPath, size, sources } = model;
    const target = localPath === undefined ? undefined : modelPath(models, localPath);
    const there = sizes.get(key);
    if (target === undefined) placeless.push(model);
    else if (there !== undefined && (size === undefined || there === size)) present.push(model);
    else {
      const digests = expectedDigests(model);
      const wanted = sources.map((source) => ({ source }));
      missing.push({ key, name, target, size, digests, sources: wanted });
    }
  }
  return { missing, present, placeless };
}

/**
 * Fetches models of the manifest that are not in their places; what was learned of them comes into the manifest.
 *
 * @throws `MODEL_NOT_LISTED`, `MODEL_AMBIGUOUS`, `INTERRUPTED`
 */
export async function downloadManifestModels(
  world: EnvironmentWorld,
  request: DownloadRequest,
): Promise<DownloadReport> {
  const { manifest } = await readEnvironmentState(world);
  const chosen = chooseModels(manifest, request);
  const plan = planDownload(chosen, world.models, await sizesOf(world, chosen));
  if (request.dryRun || plan.missing.length === 0) return { ...plan, outcomes: [] };
  return await withModelWorld(world, async (models) => {
    const outcomes = await downloadModels(models.downloads, plan.missing);
    const placed = outcomes.filter((outcome) => outcome.kind !== "failed");
    const { commit } = await changeModels(world, {
      command: "model download",
      decide: (state) => planLearned(state, placed, world.environment.manifest),
    });
    const sourcesOf = new Map(chosen.map(({ key, sources }) => [key, sources]));
    await notePlaced(
      world,
      models,
      placed.map(({ key, path, digests }) => ({
        path,
        digests,
        sources: sourcesOf.get(key) ?? [],
      })),
    );
    return { ...plan, outcomes, commit };
  });
}

async function sizesOf(
  { models }: EnvironmentWorld,
  chosen: readonly ManifestModel[],
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (const { key, localPath } of chosen) {
    const path = localPath === undefined ? undefined : modelPath(models, localPath);
    const info = path === undefined ? undefined : await statModel(path);
    if (info?.isFile) sizes.set(key, info.size);
  }
  return sizes;
}

/** Writes down digests and sizes that the manifest did not have. */
function planLearned(
  { manifest, manifestText }: EnvironmentState,
  placed: readonly PlacedOutcome[],
  path: string,
) {
  const edits = placed.flatMap(({ key, size, digests: { blake3, sha256 } }) => {
    const model = manifest.models[key];
    if (model === undefined) return [];
    return [setModel({
      ...model,
      size: model.size ?? size,
      hash: model.hash ?? (blake3 === undefined ? undefined : `blake3:${blake3}`),
      sha256: model.sha256 ?? sha256,
    })];
  });
  return {
    manifestText: edits.length === 0 ? manifestText : editManifest(manifestText, edits, path),
    message: `Note digests of ${placed.map(({ key }) => key).slice(0, 5).join(", ")}`,
  };
}
