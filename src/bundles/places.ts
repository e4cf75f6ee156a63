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

/** The directory of a node pack below `nodes/`. */
export function packedDirectory({ directory, id }: Pick<ManifestNode, "directory" | "id">): string {
  return directory ?? id;
}

/** Where a model lies below the directory of models. */
export function modelPlace(localPath: string): string {
  return localPath.replace(/^models\//, "");
}
