import type { KnownModel } from "../../models/mod.ts";
import type { ManifestModel } from "../../pyproject/mod.ts";
import type { ModelReference } from "../dependencies/mod.ts";

/** A model file that is here. */
export interface LocalModel {
  /** ComfyUI's folder, such as `checkpoints`; absent outside of such folders. */
  readonly folder?: string;
  /** Below that folder, with forward slashes: what a widget names. */
  readonly path: string;
  /** In hex. */
  readonly blake3: string;
  readonly sha256?: string;
  /** In bytes. */
  readonly size: number;
  /** Absolute path; absent where the files are only thought of. */
  readonly location?: string;
}

/** The model files that are here, as resolution asks for them. */
export interface LocalModels {
  /**
   * Files with a digest.
   *
   * @param algorithm `blake3` or `sha256`.
   * @param hash In hex, lower case.
   */
  byHash(algorithm: string, hash: string): readonly LocalModel[];
  /** Files of this base name, however it is written. */
  named(name: string): readonly LocalModel[];
  /** Files whose names are like this one, the likest first. */
  close(name: string, limit: number): readonly LocalModel[];
}

/** What is known when models are resolved. */
export interface ModelKnowledge {
  readonly local: LocalModels;
  /** `[tool.comfydock.models]`. */
  readonly manifest: readonly ManifestModel[];
  /** The shipped list, by base name. */
  known(name: string): readonly KnownModel[];
  /** The one name of a folder that has several, such as `diffusion_models` for `unet`. */
  folder(name: string): string;
  /** What a widget has between the parts of a path: a backslash on Windows. */
  readonly separator: "/" | "\\";
}

/** How a model was found, the surest first. */
export type ModelEvidence =
  | "hash"
  | "path"
  | "folder_name"
  | "name"
  | "embedded_url"
  | "note_url"
  | "manifest_source"
  | "known_list";

/** What became of a reference. */
export type ModelOutcome =
  /** Here, where the widget says. */
  | "local"
  /** Here, but elsewhere: the widget is rewritten. */
  | "moved"
  /** Here, but in a folder that the loader does not look into: it gets a second place. */
  | "misplaced"
  /** Several different files fit; nothing tells which. */
  | "ambiguous"
  | "downloadable"
  | "unknown";

/** Where a model can be fetched from, and where it belongs. */
export interface ModelOffer {
  readonly url: string;
  readonly folder: string;
  /** Below the folder, with forward slashes: where the widget looks. */
  readonly name: string;
  readonly evidence: ModelEvidence;
  /** In hex, where the offer tells. */
  readonly sha256?: string;
  readonly size?: number;
}

/** A reference, and the file that it means. */
export interface ResolvedModel {
  readonly reference: ModelReference;
  readonly outcome: ModelOutcome;
  readonly evidence?: ModelEvidence;
  /** The file that is taken. */
  readonly file?: LocalModel;
  /** For `moved`: what the widget shall say. */
  readonly value?: string;
  /** For `ambiguous` the files that fit, for `unknown` those whose names come near; never taken by themselves. */
  readonly candidates: readonly LocalModel[];
  /** For `downloadable`: the best first. */
  readonly offers: readonly ModelOffer[];
  /** The manifest's entry for it. */
  readonly manifestKey?: string;
}
