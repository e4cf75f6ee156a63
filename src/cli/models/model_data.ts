import { locationPath } from "../../models/index/mod.ts";
import type { IndexedModel, KnownModel } from "../../models/mod.ts";

/** A model that is here, as commands show it. */
export interface ModelData {
  readonly name: string;
  readonly blake3: string;
  readonly sha256?: string;
  /** In bytes. */
  readonly size: number;
  readonly format: string;
  readonly architecture?: string;
  readonly dtype?: string;
  readonly parameters?: number;
  readonly trained_tags?: readonly string[];
  readonly training_hash?: string;
  /** What loading it would import, beyond what is known as harmless. */
  readonly unsafe?: readonly string[];
  readonly locations: readonly { readonly path: string; readonly folder?: string }[];
  readonly sources: readonly { readonly type: string; readonly url: string }[];
}

/** A model of the index as data. */
export function toModelData(model: IndexedModel): ModelData {
  const { kind, trainedTags, trainingHash, unsafe, architecture, dtype, parameters } = model.format;
  return {
    name: model.name,
    blake3: model.blake3,
    sha256: model.sha256,
    size: model.size,
    format: kind,
    architecture,
    dtype,
    parameters,
    trained_tags: trainedTags,
    training_hash: trainingHash,
    unsafe: unsafe && unsafe.length > 0 ? unsafe : undefined,
    locations: model.locations.map((location) => ({
      path: locationPath(location),
      folder: location.folder,
    })),
    sources: model.sources,
  };
}

/** A model of the shipped list as data. */
export interface KnownModelData {
  readonly name: string;
  readonly folder: string;
  readonly urls: readonly string[];
  readonly base?: string;
  readonly size?: number;
  readonly sha256?: string;
  /** Whether ComfyUI's own templates name it. */
  readonly template: boolean;
  /** Where a file of this name is, if it is here. */
  readonly here: readonly string[];
}

/** A known model as data, with the places of files of its name. */
export function toKnownData(
  { name, folder, urls, base, size, sha256, template = false }: KnownModel,
  here: readonly IndexedModel[],
): KnownModelData {
  const places = here.flatMap(({ locations }) => locations.map(locationPath));
  return { name, folder, urls, base, size, sha256, template, here: places };
}

/** What a line says about the content of a model. */
export function describe({ architecture, dtype, format }: ModelData): string {
  return [architecture ?? "", dtype ?? "", format].filter((word) => word !== "").join(" ");
}
