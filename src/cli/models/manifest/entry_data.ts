import { sourceLabel } from "../../../models/mod.ts";
import type { ManifestModel } from "../../../pyproject/mod.ts";

/** A model of the manifest as programs get it. */
export interface EntryData {
  readonly name: string;
  readonly hash: string | null;
  readonly sha256: string | null;
  readonly size: number | null;
  readonly sources: readonly string[];
  readonly local_path: string | null;
  readonly criticality: "required" | "optional";
  readonly meta: Readonly<Record<string, string>>;
}

/** An entry of the manifest as programs get it. */
export function toEntryData(model: ManifestModel): EntryData {
  const { name, hash, sha256, size, sources, localPath, criticality, meta } = model;
  return {
    name,
    hash: hash ?? null,
    sha256: sha256 ?? null,
    size: size ?? null,
    sources: sources.map(sourceLabel),
    local_path: localPath ?? null,
    criticality,
    meta: meta ?? {},
  };
}
