import { dirname } from "node:path";
import {
  downloadModels,
  type ModelOutcome,
  parseSource,
  putSame,
  type WantedSource,
} from "../../../models/mod.ts";
import { editManifest, type ManifestEdit, setModel } from "../../../pyproject/mod.ts";
import { baseName, type ModelOffer, type ResolutionPlan } from "../../../workflows/mod.ts";
import { notePlaced, type PlacedModel, registerModels } from "../../models/note.ts";
import { planAdd, withModelWorld } from "../../models/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "../../types.ts";
import { pathInFolder } from "./local_models.ts";

/** A model that stands where its loader looks, as the manifest shall know it. */
export interface FetchedModel {
  readonly outcome: ModelOutcome;
  readonly name: string;
  /** Below the directory of models, with forward slashes. */
  readonly path: string;
}

/** Fetches models from the first source that gives each; what is here already is linked. */
export async function fetchModels(
  world: EnvironmentWorld,
  wanted: ResolutionPlan["download"],
): Promise<readonly FetchedModel[]> {
  if (wanted.length === 0) return [];
  return await withModelWorld(world, async (models) => {
    const targets = await Promise.all(wanted.map(async ({ name, folder, offers }, at) => ({
      key: `${at}`,
      name: baseName(name),
      target: await pathInFolder(world.models, folder, name),
      size: offers[0]?.size,
      digests: digestOf(offers),
      sources: offers.flatMap((offer) => toSource(offer, models.downloads.sources.hosts)),
    })));
    const outcomes = await downloadModels(models.downloads, targets);
    const placed = outcomes.filter((outcome) => outcome.kind !== "failed");
    await notePlaced(
      world,
      models,
      placed.map(({ path, digests, source }) => ({
        path,
        digests,
        sources: source === undefined ? [] : [source],
      })),
    );
    return outcomes.map((outcome) => {
      const { name, target } = targets[Number(outcome.key)]!;
      return { outcome, name, path: belowModels(world, target) };
    });
  });
}

/** Gives files a second place, in the folder that their loader looks into. */
export async function linkModels(
  world: EnvironmentWorld,
  links: ResolutionPlan["link"],
): Promise<void> {
  const placed: PlacedModel[] = [];
  for (const { file, folder, name } of links) {
    if (file.location === undefined) continue;
    const target = await pathInFolder(world.models, folder, name);
    await Deno.mkdir(dirname(target), { recursive: true });
    await putSame(file.location, target, { copy: false });
    const digests = { blake3: file.blake3, ...(file.sha256 && { sha256: file.sha256 }) };
    placed.push({ path: target, digests, sources: [] });
  }
  await registerModels(world, placed);
}

/** The edits that bring fetched models into the manifest. */
export function modelEdits(
  { manifest, manifestText }: EnvironmentState,
  fetched: readonly FetchedModel[],
  manifestPath: string,
): readonly ManifestEdit[] {
  let state = { manifest, manifestText };
  return fetched.flatMap(({ outcome, name, path }) => {
    if (outcome.kind === "failed") return [];
    const { size, digests, source } = outcome;
    const added = { name, path, size, digests, source, optional: false, meta: {} };
    const { model } = planAdd(state, added, manifestPath);
    const edit = setModel(model);
    // The next one must see the keys that are taken.
    state = {
      manifest: { ...state.manifest, models: { ...state.manifest.models, [model.key]: model } },
      manifestText: editManifest(state.manifestText, [edit], manifestPath),
    };
    return [edit];
  });
}

function digestOf(offers: readonly ModelOffer[]): Readonly<Record<string, string>> {
  const sha256 = offers.find((offer) => /^[0-9a-f]{64}$/i.test(offer.sha256 ?? ""))?.sha256;
  return sha256 === undefined ? {} : { sha256: sha256.toLowerCase() };
}

function toSource(
  { url }: ModelOffer,
  hosts: Parameters<typeof parseSource>[1],
): readonly WantedSource[] {
  const written = parseSource(url, hosts);
  return written.kind === "source" ? [{ source: written.source, choice: written.choice }] : [];
}

function belowModels({ models }: EnvironmentWorld, path: string): string {
  return path.slice(models.length + 1).replaceAll("\\", "/");
}
