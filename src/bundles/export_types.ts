import type { Manifest } from "../pyproject/mod.ts";
import type { PrivateFacts } from "./private_text.ts";
import type { BundleKind } from "./types.ts";
import type { Platform } from "./wheels/platform.ts";

/** Which files of an environment come along besides its own. */
export interface ExportChoice {
  /** `own`: packs in development and local ones, which cannot be had anywhere else. */
  readonly nodes: "none" | "own" | "all";
  readonly models: boolean;
  /** The platforms whose Python packages come along, with ComfyUI's commit; none for a bundle that needs a network. */
  readonly platforms?: readonly Platform[];
}

/** A file on disk. */
export interface SourceFile {
  /** Relative, with forward slashes. */
  readonly path: string;
  /** Absolute. */
  readonly place: string;
  readonly size: number;
  readonly executable: boolean;
}

/** What is known of an environment that is exported. */
export interface ExportFacts {
  /** Default an environment. */
  readonly kind?: BundleKind;
  readonly name: string;
  readonly manifestText: string;
  readonly manifest: Manifest;
  readonly lockText?: string;
  /** `.python-version`, `.comfydockignore` and workflows by their paths below `.cec`. */
  readonly texts: ReadonlyMap<string, Uint8Array>;
  /** The files of the packs that are asked for, by id. */
  readonly nodes: ReadonlyMap<string, readonly SourceFile[]>;
  /** The files of the models that are asked for, by key. */
  readonly models: ReadonlyMap<string, SourceFile>;
  /** Absent where an import may use the network. */
  readonly offline?: OfflineFacts;
  readonly private: PrivateFacts;
}

/** One file of a bundle that will be written. */
export interface PlannedFile {
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
  /** The content, or where it is on disk. */
  readonly from: Uint8Array | string;
  /** What its SHA-256 has to be, where that is known. */
  readonly sha256?: string;
  /** The command that helps when it is something else. */
  readonly mend?: string;
}

/** All that an import without any network needs besides node packs. */
export interface OfflineFacts {
  /** ComfyUI's commit with its history, then wheels. */
  readonly files: readonly PlannedFile[];
  /** Names of the wheels that are fetched. */
  readonly wheels: readonly string[];
  /** Names of the packages whose wheels are built here, which runs code of theirs. */
  readonly builds: readonly string[];
}

/** What an export will write. */
export interface ExportPlan {
  readonly name: string;
  /** In the order of the archive. */
  readonly files: readonly PlannedFile[];
  /** Node packs and models that come along, by id and key. */
  readonly nodes: readonly string[];
  readonly models: readonly string[];
  /** The wheels that come along, and the packages whose wheels are built for it, by name. */
  readonly wheels: readonly string[];
  readonly builds: readonly string[];
  /** What whoever imports it has to know: one sentence each, without a full stop. */
  readonly notes: readonly string[];
}
