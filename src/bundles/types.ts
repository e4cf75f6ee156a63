import type { TakeoverFinding } from "../environment/takeover/mod.ts";
import type { RestoredHistory } from "../environment/mod.ts";
import type { Manifest } from "../pyproject/mod.ts";
import type { ForeignKind } from "./foreign/types.ts";
import type { DirectUrl } from "./wheels/locked_source.ts";

/** What a bundle is of. */
export type BundleKind = "environment" | "workflow";

/** One file of a bundle. */
export interface BundleFile {
  /** With forward slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
  readonly executable: boolean;
}

/** What `bundle.json` says. */
export interface BundleIndex {
  readonly kind: BundleKind;
  /** Who wrote it, such as `comfydock 0.1.0`. */
  readonly tool: string;
  /** Of the environment or workflow. */
  readonly name: string;
  /** All files but `bundle.json` itself. */
  readonly files: readonly BundleFile[];
}

/** Where a package comes from that no index has. */
export interface WheelOrigin {
  /** As the lock has it; empty where it has none. */
  readonly version: string;
  /** The content of `direct_url.json`. */
  readonly directUrl: DirectUrl;
}

/** Wheels of a bundle that were compared with its lock. */
export interface CheckedWheels {
  /** The files by their names. */
  readonly files: ReadonlyMap<string, BundleFile>;
  /** Names of packages whose wheels whoever exported them built, so that the lock cannot vouch for them. */
  readonly built: readonly string[];
  /** By their names, packages that come from no index. */
  readonly origins: ReadonlyMap<string, WheelOrigin>;
}

/** What is in a bundle, a directory or a repository, checked; large files are only listed. */
export interface BundleContent {
  /** Absent where there is no `bundle.json`, as in a repository. */
  readonly index?: BundleIndex;
  readonly manifestText: string;
  readonly manifest: Manifest;
  readonly lockText?: string;
  /** `.python-version`, `.comfydockignore` and workflows by their paths below `.cec`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The directories below `nodes/`, by the ids of their packs. */
  readonly nodes: ReadonlyMap<string, string>;
  /** The files below `models/`, by the keys of their models. */
  readonly models: ReadonlyMap<string, BundleFile>;
  /** The wheels of the lock's packages; absent where none came along. */
  readonly wheels?: CheckedWheels;
  /** ComfyUI's commit with its history, as git packs it; absent where it did not come along. */
  readonly comfyui?: BundleFile;
  /** Set where another tool wrote it: what came over, and how certain that is. */
  readonly foreign?: { readonly kind: ForeignKind; readonly findings: readonly TakeoverFinding[] };
}

/** What an import needs where there is no network. */
export interface UnpackedPackages {
  /** Absolute path of the directory of wheels. */
  readonly wheels?: string;
  /** Absolute path of ComfyUI's commit with its history. */
  readonly comfyui?: string;
}

/** Where a bundle is read from. */
export interface BundleSource extends AsyncDisposable {
  readonly content: BundleContent;
  /** As people named it, without credentials. */
  readonly named: string;
  /** Of a repository that is an environment's own: its history, which the new one goes on with. */
  readonly history?: RestoredHistory;
  /**
   * Unpacks the files of node packs.
   *
   * @param directory Absolute; must not exist.
   * @returns Absolute paths of the packs' files, by id.
   */
  unpackNodes(directory: string): Promise<ReadonlyMap<string, string>>;
  /** Unpacks wheels and ComfyUI's commit into a directory that does not exist; absent where none can come along. */
  unpackPackages?(directory: string): Promise<UnpackedPackages>;
  /** Hands over the content of each model; those that are not taken are passed over. */
  readModels(
    take: (key: string, content: ReadableStream<Uint8Array>) => Promise<void>,
  ): Promise<void>;
}
