import {
  editManifest,
  type ManifestModel,
  type ModelSource,
  setModel,
} from "../../pyproject/mod.ts";
import { isSameSource } from "../../models/mod.ts";
import type { EnvironmentState } from "../types.ts";
import type { ModelDecision } from "./change.ts";
import { expectedDigests, newKey, plainPath } from "./entries.ts";

/** A model that the manifest shall have. */
export interface NewModel {
  readonly name: string;
  /** Below the directory of models, with forward slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size?: number;
  /** In hex by algorithm. */
  readonly digests: Readonly<Record<string, string>>;
  readonly source?: ModelSource;
  readonly optional: boolean;
  readonly meta: Readonly<Record<string, string>>;
}

/** What becomes of the manifest. */
export interface AddDecision extends ModelDecision {
  readonly key: string;
  readonly action: "added" | "updated" | "kept";
  readonly model: ManifestModel;
}

/**
 * Decides how a model comes into the manifest: an entry for the same path is brought up to date, as is one with the same
 * digest that has no path yet.
 *
 * @param path The manifest's path, for messages.
 */
export function planAdd(
  { manifest, manifestText }: Pick<EnvironmentState, "manifest" | "manifestText">,
  added: NewModel,
  path: string,
): AddDecision {
  const models = Object.values(manifest.models);
  const before = models.find((model) => isAt(model, added.path)) ??
    models.find((model) => model.localPath === undefined && hasSameDigest(model, added.digests));
  const key = before?.key ?? newKey(Object.keys(manifest.models), added.name);
  const model = toEntry(key, before, added);
  const text = editManifest(manifestText, [setModel(model)], path);
  const action = before === undefined ? "added" : text === manifestText ? "kept" : "updated";
  const verb = before === undefined ? "Add" : "Update";
  return { manifestText: text, message: `${verb} model ${key}`, key, action, model };
}

function isAt({ localPath }: ManifestModel, path: string): boolean {
  return localPath !== undefined && plainPath(localPath) === path;
}

/** Whether the manifest gives a model one of these digests, in hex by algorithm. */
export function hasSameDigest(
  model: ManifestModel,
  digests: Readonly<Record<string, string>>,
): boolean {
  const own = expectedDigests(model);
  return Object.entries(digests).some(([algorithm, digest]) => own[algorithm] === digest);
}

function toEntry(
  key: string,
  before: ManifestModel | undefined,
  { name, path, size, digests, source, optional, meta }: NewModel,
): ManifestModel {
  const sources = before?.sources ?? [];
  const isNew = source !== undefined && !sources.some((known) => isSameSource(known, source));
  const same = before !== undefined && hasSameDigest(before, digests);
  return {
    key,
    name: before?.name ?? name,
    hash: digests.blake3 === undefined ? before?.hash : `blake3:${digests.blake3}`,
    sha256: digests.sha256 ?? (same ? before?.sha256 : undefined),
    size: size ?? before?.size,
    sources: isNew ? [...sources, source] : sources,
    localPath: before?.localPath ?? `models/${path}`,
    criticality: before?.criticality ?? (optional ? "optional" : "required"),
    meta: { ...before?.meta, ...meta },
  };
}
