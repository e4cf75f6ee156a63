import { checkArchive } from "./read_archive.ts";
import type { BundleContent, BundleIndex } from "./types.ts";

/** What a bundle holds. */
export interface BundleSummary extends Omit<BundleIndex, "files"> {
  readonly comfyui: { readonly version?: string; readonly commit?: string };
  readonly python?: string;
  readonly torchBackend?: string;
  readonly hasLock: boolean;
  readonly nodes: readonly {
    readonly id: string;
    readonly version?: string;
    readonly source: string;
    /** Whether its files are in the bundle. */
    readonly packed: boolean;
  }[];
  readonly models: readonly {
    readonly key: string;
    readonly size?: number;
    readonly packed: boolean;
  }[];
  /** Keys of the tracked workflows. */
  readonly workflows: readonly string[];
  /** How many files it holds, and their bytes in all. */
  readonly files: number;
  readonly bytes: number;
}

/**
 * Checks a whole bundle, as an import does before it writes anything, and tells what it holds.
 *
 * @param path The bundle.
 * @throws `BUNDLE_INVALID`, `BUNDLE_SCHEMA_NEWER`, and the errors of archives, files and manifests
 */
export async function inspectBundle(path: string, signal?: AbortSignal): Promise<BundleSummary> {
  const { index, content } = await checkArchive(path, signal);
  return summarize(index, content);
}

function summarize(
  { kind, tool, name, files }: BundleIndex,
  { manifest, lockText, nodes, models }: BundleContent,
): BundleSummary {
  const { comfyuiVersion, comfyuiCommit, pythonVersion, torchBackend } = manifest.environment;
  return {
    kind,
    tool,
    name,
    comfyui: { version: comfyuiVersion, commit: comfyuiCommit },
    python: pythonVersion,
    torchBackend,
    hasLock: lockText !== undefined,
    nodes: Object.values(manifest.nodes).map(({ id, version, commit, source }) => ({
      id,
      version: version ?? commit,
      source,
      packed: nodes.has(id),
    })),
    models: Object.values(manifest.models).map(({ key, size }) => ({
      key,
      size,
      packed: models.has(key),
    })),
    workflows: Object.keys(manifest.workflows).sort(),
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  };
}
