import type {
  PackageClasses,
  PackageFacts,
  PackageFinding,
  PackageVersion,
} from "../../nodes/mod.ts";
import type { InstalledPack } from "./installed.ts";

/** What `node info` tells. */
export interface InfoData {
  readonly id: string;
  readonly name: string;
  /** `manager`: only ComfyUI-Manager lists it, and it comes by git; `core`: it is ComfyUI itself. */
  readonly source: "registry" | "manager" | "core";
  readonly author: string | null;
  readonly description: string | null;
  readonly license: string | null;
  readonly repository: string | null;
  readonly tags: readonly string[];
  readonly downloads: number | null;
  readonly github_stars: number | null;
  readonly status: string | null;
  /** False when the registry was asked and does not list it. */
  readonly listed: boolean;
  /** Whether this is the registry's answer, a kept one, an old one for want of a newer, or the index's. */
  readonly from: PackageFacts["from"];
  /** The version that would be installed, or the one that was named. */
  readonly version: string | null;
  /** Newest first. */
  readonly versions: readonly VersionData[];
  /** Requirements that the registry lists for `version`. */
  readonly dependencies: readonly string[];
  /** Names of its node classes, sorted. */
  readonly classes: readonly string[];
  /** Other packs with classes of the same names. */
  readonly rivals: readonly { readonly id: string; readonly classes: readonly string[] }[];
  /** Absence from the active environment is null. */
  readonly installed:
    | { readonly environment: string; readonly id: string; readonly version: string | null }
    | null;
  /** Only with `--validate`. */
  readonly findings?: readonly PackageFinding[];
}

/** A version as `node info` tells it. */
export interface VersionData {
  readonly version: string;
  readonly live: boolean;
  readonly deprecated: boolean;
  readonly status: string | null;
  readonly released: string | null;
  readonly download_url: string | null;
  readonly supported_os: readonly string[];
  readonly supported_accelerators: readonly string[];
  readonly supported_comfyui_version: string | null;
}

/** What the data is made from. */
export interface InfoParts {
  readonly facts: PackageFacts;
  readonly chosen: PackageVersion | undefined;
  readonly classes: PackageClasses;
  readonly installed: (InstalledPack & { readonly environment: string }) | undefined;
  readonly findings: readonly PackageFinding[] | undefined;
}

/** Puts together what `node info` tells. */
export function toInfoData({ facts, chosen, classes, installed, findings }: InfoParts): InfoData {
  return {
    id: facts.id,
    name: facts.name,
    source: facts.source,
    author: facts.author ?? null,
    description: facts.description ?? null,
    license: facts.license ?? null,
    repository: facts.repository ?? null,
    tags: facts.tags,
    downloads: facts.downloads ?? null,
    github_stars: facts.stars ?? null,
    status: facts.status ?? null,
    listed: facts.listed,
    from: facts.from,
    version: chosen?.version ?? null,
    versions: facts.versions.map(toVersionData),
    dependencies: chosen?.dependencies ?? [],
    classes: classes.names,
    rivals: classes.rivals,
    installed: installed
      ? {
        environment: installed.environment,
        id: installed.id,
        version: installed.version ?? null,
      }
      : null,
    ...(findings ? { findings } : {}),
  };
}

function toVersionData(one: PackageVersion): VersionData {
  return {
    version: one.version,
    live: one.live,
    deprecated: one.deprecated,
    status: one.status ?? null,
    released: one.released ?? null,
    download_url: one.downloadUrl ?? null,
    supported_os: one.supportedOs,
    supported_accelerators: one.supportedAccelerators,
    supported_comfyui_version: one.supportedComfyui ?? null,
  };
}
