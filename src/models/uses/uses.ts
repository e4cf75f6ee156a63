import { ComfydockError, readTextBounded } from "../../base/mod.ts";
import { type ManifestModel, MAX_MANIFEST_BYTES, readManifest } from "../../pyproject/mod.ts";
import {
  environmentLayout,
  listEnvironments,
  type WorkspaceLayout,
} from "../../workspace/reading/mod.ts";
import { toKnownSource } from "../downloads/index_use.ts";
import type { ModelIndex } from "../index/mod.ts";
import type { IndexedModel, ModelProblem } from "../types.ts";

/** A model that an environment's manifest names. */
export interface ModelUse {
  readonly environment: string;
  readonly model: ManifestModel;
}

/** What the manifests of a workspace name. */
export interface ModelUses {
  /** By environment, then in the order of the manifest. */
  readonly uses: readonly ModelUse[];
  /** Manifests that cannot be read. */
  readonly problems: readonly ModelProblem[];
}

/**
 * Reads which models the environments of a workspace name.
 *
 * @param only Leaves the other environments out.
 */
export async function readModelUses(layout: WorkspaceLayout, only?: string): Promise<ModelUses> {
  const uses: ModelUse[] = [];
  const problems: ModelProblem[] = [];
  for (const environment of await listEnvironments(layout)) {
    if (only !== undefined && environment !== only) continue;
    const { manifest: path } = environmentLayout(layout, environment);
    try {
      const { models } = readManifest(await readTextBounded(path, MAX_MANIFEST_BYTES), path);
      uses.push(...Object.values(models).map((model) => ({ environment, model })));
    } catch (error) {
      if (!(error instanceof ComfydockError)) throw error;
      problems.push({ code: error.code, message: error.message, path });
    }
  }
  return { uses, problems };
}

/** The digests of a manifest's model, in hex by algorithm. */
export function digestsOf({ hash, sha256 }: ManifestModel): Readonly<Record<string, string>> {
  const [, kind, value] = /^(\w+):([0-9a-f]+)$/i.exec(hash ?? "") ?? [];
  return {
    ...(sha256 !== undefined && { sha256: sha256.toLowerCase() }),
    ...(kind !== undefined && value !== undefined && { [kind.toLowerCase()]: value.toLowerCase() }),
  };
}

/** Looks models of manifests up among those that are here. */
export interface ModelLookup {
  /** Models that one of the manifest is: by its digests, or, where it has none, by its file name. */
  find(model: ManifestModel): readonly IndexedModel[];
}

/** A look-up in models that are here; those without a location are not. */
export function lookupAmong(models: readonly IndexedModel[]): ModelLookup {
  const here = models.filter(({ locations }) => locations.length > 0);
  const byDigest = new Map<string, IndexedModel>();
  const byName = new Map<string, IndexedModel[]>();
  for (const model of here) {
    byDigest.set(model.blake3, model);
    if (model.sha256 !== undefined) byDigest.set(model.sha256, model);
    const names = [model.name, ...model.locations.map(({ relativePath }) => relativePath)];
    for (const name of new Set(names.map(baseName))) {
      byName.set(name, [...byName.get(name) ?? [], model]);
    }
  }
  return {
    find(model) {
      const digests = Object.values(digestsOf(model));
      if (digests.length === 0) {
        return byName.get(baseName(model.localPath ?? model.name)) ?? [];
      }
      const found = digests.map((digest) => byDigest.get(digest)).find((each) => each);
      return found ? [found] : [];
    },
  };
}

function baseName(path: string): string {
  return path.toLowerCase().split("/").at(-1)!;
}

/**
 * Brings sources and names that were given by hand from the manifests into the index, where they may have been lost.
 *
 * @returns How many models they were brought to.
 */
export function restoreFromManifests(index: ModelIndex, uses: readonly ModelUse[]): number {
  return index.transaction(() => {
    let count = 0;
    for (const { model } of uses) {
      const { blake3 } = digestsOf(model);
      const [found] = blake3 === undefined ? [] : index.byHash(blake3);
      if (!found || found.blake3 !== blake3) continue;
      index.addSources(found.id, model.sources.flatMap(toKnownSource));
      index.rename(found.id, model.name);
      count++;
    }
    return count;
  });
}
