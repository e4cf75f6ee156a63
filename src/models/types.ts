/** Digests of one file, all from one read. */
export interface FileDigest {
  readonly path: string;
  /** In bytes, as read. */
  readonly size: number;
  /** In hex. */
  readonly blake3: string;
  /** In hex; only where it was asked for. */
  readonly sha256?: string;
}

/** A digest that is fed as bytes come. */
export interface RunningDigest {
  /** Takes the next bytes. */
  update(bytes: Uint8Array): void;
  /** In hex; ends it. */
  finish(): string;
}

/** What a model file is, as its own header says; nothing of it is ever executed. */
export interface ModelFormat {
  readonly kind: "safetensors" | "gguf" | "pickle" | "zip" | "onnx" | "other";
  /** Such as `sdxl`, `flux`, or GGUF's `general.architecture`. */
  readonly architecture?: string;
  /** The most frequent tensor type, such as `F16`. */
  readonly dtype?: string;
  /** How many numbers the tensors hold. */
  readonly parameters?: number;
  readonly trainedTags?: readonly string[];
  /** Hash that the training tool wrote, in hex. */
  readonly trainingHash?: string;
  /** For pickle files: global names that loading would import and that are not known as harmless. */
  readonly unsafe?: readonly string[];
}

/** Why a file was not taken into the index. */
export interface ModelProblem {
  readonly code: string;
  readonly message: string;
  readonly path: string;
}

/** One model of the index: equal bytes are one model, wherever they lie. */
export interface IndexedModel {
  readonly id: number;
  /** In hex. */
  readonly blake3: string;
  readonly sha256?: string;
  readonly size: number;
  /** Base name it is known by. */
  readonly name: string;
  readonly format: ModelFormat;
  readonly locations: readonly ModelLocation[];
  readonly sources: readonly KnownSource[];
}

/** Where a model lies. */
export interface ModelLocation {
  /** Absolute root that was scanned. */
  readonly directory: string;
  /** Below the root, with forward slashes. */
  readonly relativePath: string;
  /** ComfyUI's folder name, such as `checkpoints`; absent outside of such folders. */
  readonly folder?: string;
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly inode?: bigint;
}

/** Where a model can be had again, as the index keeps it. */
export interface KnownSource {
  /** `huggingface`, `civitai`, `url`. */
  readonly type: string;
  readonly url: string;
}

/** A model of the shipped list: known by name, not by content. */
export interface KnownModel {
  /** File name. */
  readonly name: string;
  /** ComfyUI's folder, with a subfolder where the list names one. */
  readonly folder: string;
  readonly urls: readonly string[];
  /** Such as `SDXL`, `FLUX.1`. */
  readonly base?: string;
  /** In bytes, as far as the list tells. */
  readonly size?: number;
  /** Set for those of ComfyUI's own templates. */
  readonly template?: boolean;
  readonly sha256?: string;
}
