import { isKind, mapConcurrent } from "../../base/mod.ts";
import { httpErrors } from "../../http/mod.ts";
import { findByHash, findManyByHash, type SourceWorld } from "../../models/mod.ts";
import type { ModelSource } from "../../pyproject/mod.ts";
import type { EnvironmentWorld } from "../types.ts";

/** A model that shall be looked up. */
export interface WantedModel {
  readonly name: string;
  readonly key?: string;
  /** In hex by algorithm. */
  readonly digests: Readonly<Record<string, string>>;
  /** Its id in the index. */
  readonly indexed?: number;
}

/** A model that was looked up. */
export interface LookedUp {
  readonly name: string;
  /** Of the manifest; absent for a model that only the index has. */
  readonly key?: string;
  /** In hex. */
  readonly digest?: string;
  /** `unasked` is one that CivitAI could not be asked for now. */
  readonly outcome: "found" | "nowhere" | "unasked" | "no-digest";
  readonly source?: ModelSource;
}

const ALONE_AT_ONCE = 4;

/**
 * Asks CivitAI for models by their digests.
 *
 * @returns In the order of the models.
 * @throws what the network throws, where nothing could be told at all
 */
export async function askCivitaiFor(
  world: EnvironmentWorld,
  sources: SourceWorld,
  wanted: readonly WantedModel[],
): Promise<readonly LookedUp[]> {
  const hashes = wanted.flatMap(({ digests: { sha256 } }) => sha256 ?? []);
  const { found, unasked, outage } = await findManyByHash(sources, hashes);
  const missing = new Set(unasked);
  let failure: Error | undefined = outage;
  // The question for many takes SHA-256 alone.
  const one = async (model: WantedModel): Promise<LookedUp> => {
    const { name, key, digests: { sha256, blake3 } } = model;
    const digest = sha256 ?? blake3;
    if (digest === undefined) return { name, key, outcome: "no-digest" };
    try {
      const version = sha256 === undefined
        ? await findByHash(sources, digest)
        : found.get(sha256.toLowerCase());
      if (sha256 !== undefined && missing.has(sha256.toLowerCase())) {
        return { name, key, digest, outcome: "unasked" };
      }
      if (!version) return { name, key, digest, outcome: "nowhere" };
      const { id: versionId, modelId } = version;
      const source: ModelSource = { type: "civitai", modelId, versionId };
      return { name, key, digest, outcome: "found", source };
    } catch (error) {
      if (!isNetwork(error)) throw error;
      failure ??= error;
      return { name, key, digest, outcome: "unasked" };
    }
  };
  const { signal } = world;
  const options = { limit: ALONE_AT_ONCE, signal };
  const models = await Array.fromAsync(mapConcurrent(wanted, one, options));
  const unknown = models.filter(({ outcome }) => outcome === "unasked").length;
  if (failure && unknown === models.length) throw failure;
  if (failure) {
    const message = `${failure.message}; ${unknown} of ${models.length} models were not looked up`;
    world.report.emit({ kind: "warned", code: "MODELS_NOT_LOOKED_UP", message });
  }
  return models;
}

function isNetwork(error: unknown): error is Error {
  return Object.values(httpErrors).some((kind) => isKind(error, kind));
}
