import type { ManifestNode } from "../pyproject/mod.ts";

/** Small files that every environment has; what is larger is refused, in bytes. */
export const LARGEST_TEXT: number = 64 * 1024 ** 2;
/** The largest sum of all small files, in bytes. */
export const LARGEST_TEXTS: number = 512 * 1024 ** 2;

/** Where git's own pack of ComfyUI's commit lies in a bundle. */
export const COMFYUI_BUNDLE = "comfyui/comfyui.bundle";

/** Whether a file is small and read whole. */
export function isText(path: string): boolean {
  return /^(?:bundle\.json|pyproject\.toml|uv\.lock|\.python-version|\.comfydockignore|workflows\/.+)$/su
    .test(path);
}

// Characters that some file systems of macOS pass over in names.
const UNSEEN = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Whether a path leads into what git or Python keep for themselves, by any name that some file system takes for it: git
 * runs what a `.git/config` names, Python what lies in `__pycache__`, and neither counts as a pack's files.
 */
export function isKeptByTools(path: string): boolean {
  return path.replace(UNSEEN, "").split("/").some((name) =>
    /^(?:\.git|git~\d+|__pycache__|__pyca~\d+)$/i.test(name)
  );
}

/** The directory of a node pack below `nodes/`. */
export function packedDirectory({ directory, id }: Pick<ManifestNode, "directory" | "id">): string {
  return directory ?? id;
}

/** Where a model lies below the directory of models. */
export function modelPlace(localPath: string): string {
  return localPath.replace(/^models\//, "");
}
