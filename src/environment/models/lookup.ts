import {
  type IndexedModel,
  isSameSource,
  type ModelIndex,
  toKnownSource,
} from "../../models/mod.ts";
import { editManifest, setModel } from "../../pyproject/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { changeModels, type ModelChangeReport, type ModelDecision } from "./change.ts";
import { expectedDigests, findEntry } from "./entries.ts";
import { askCivitaiFor, type LookedUp, type WantedModel } from "./lookup_ask.ts";
import { withModelWorld } from "./world.ts";

/** Which models CivitAI is asked for. */
export interface LookupRequest {
  /** Models of the manifest; none stands for all that have no source at CivitAI. */
  readonly names: readonly string[];
  /** Those of the index, too, which lie here and may be in no manifest. */
  readonly all: boolean;
  readonly dryRun: boolean;
}

/** What becomes of the manifest. */
export interface LookupDecision extends ModelDecision {
  /** Keys of the models that get a source. */
  readonly changed: readonly string[];
}

/** What looking up came to. */
export interface LookupReport extends ModelChangeReport<LookupDecision> {
  readonly models: readonly LookedUp[];
}

/**
 * Asks CivitAI by digest which of its versions hold models, many with one question, and notes where they can be had.
 *
 * Answers are kept; without a network they do at any age.
 *
 * @throws `MODEL_NOT_LISTED`, `MODEL_AMBIGUOUS`, and what the network throws where nothing could be told at all
 */
export async function lookUpSources(
  world: EnvironmentWorld,
  { names, all, dryRun }: LookupRequest,
): Promise<LookupReport> {
  const state = await readEnvironmentState(world);
  const models = await withModelWorld(world, async ({ downloads: { sources }, index }) => {
    const wanted = [
      ...manifestModels(state, names, index),
      ...(all && index ? indexOnly(state, index) : []),
    ];
    if (wanted.length === 0) return [];
    const label = "Asking CivitAI";
    world.report.emit({ kind: "started", id: label, label });
    try {
      const found = await askCivitaiFor(world, sources, wanted);
      if (index && !dryRun) noteFound(index, wanted, found);
      return found;
    } finally {
      world.report.emit({ kind: "finished", id: label });
    }
  });
  const report = await changeModels(world, {
    command: "model source lookup",
    dryRun,
    decide: (now) => planLookup(now, models, world.environment.manifest),
  });
  return { ...report, models };
}

/** Decides which models of the manifest get the source that was found. */
export function planLookup(
  { manifest, manifestText }: Pick<EnvironmentState, "manifest" | "manifestText">,
  models: readonly LookedUp[],
  path: string,
): LookupDecision {
  const changed = models.flatMap(({ key, source }) => {
    const model = key === undefined ? undefined : manifest.models[key];
    if (!model || !source || model.sources.some((known) => isSameSource(known, source))) return [];
    return [{ ...model, sources: [...model.sources, source] }];
  });
  const keys = changed.map(({ key }) => key);
  return {
    manifestText: changed.length === 0
      ? manifestText
      : editManifest(manifestText, changed.map(setModel), path),
    message: keys.length === 1
      ? `Add source of model ${keys[0]}`
      : `Add sources of ${keys.length} models`,
    changed: keys,
  };
}

function manifestModels(
  { manifest }: EnvironmentState,
  names: readonly string[],
  index: ModelIndex | undefined,
): readonly WantedModel[] {
  const chosen = names.length > 0
    ? [...new Set(names.map((name) => findEntry(manifest, name)))]
    : Object.values(manifest.models).filter(({ sources }) =>
      !sources.some(({ type }) => type === "civitai")
    );
  return chosen.map((model) => {
    const digests = expectedDigests(model);
    const here = digests.blake3 === undefined ? undefined : index?.byHash(digests.blake3)[0];
    const sha256 = digests.sha256 ?? here?.sha256;
    const { key, name } = model;
    return {
      key,
      name,
      digests: sha256 === undefined ? digests : { ...digests, sha256 },
      indexed: here?.id,
    };
  });
}

function indexOnly({ manifest }: EnvironmentState, index: ModelIndex): readonly WantedModel[] {
  const listed = new Set(
    Object.values(manifest.models).flatMap((model) => Object.values(expectedDigests(model))),
  );
  const isListed = ({ blake3, sha256 }: IndexedModel) =>
    listed.has(blake3) || (sha256 !== undefined && listed.has(sha256));
  return index.models()
    .filter((model) => !isListed(model) && !model.sources.some(({ type }) => type === "civitai"))
    .map(({ id, name, blake3, sha256 }) => ({
      name,
      digests: { blake3, ...(sha256 !== undefined && { sha256 }) },
      indexed: id,
    }));
}

function noteFound(
  index: ModelIndex,
  wanted: readonly WantedModel[],
  models: readonly LookedUp[],
): void {
  index.transaction(() => {
    for (const [at, { source }] of models.entries()) {
      const id = wanted[at]?.indexed;
      if (id !== undefined && source) index.addSources(id, [source].flatMap(toKnownSource));
    }
  });
}
