import { basename } from "node:path";
import type { NodeTarget } from "../types.ts";

const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The directory below `custom_nodes` that ComfyUI-Manager would give a pack.
 *
 * Packs of the registry, also those taken from git, lie under their id in lower case; others under the name of their
 * repository or directory.
 *
 * @returns One path component that every system allows.
 */
export function directoryNameOf(target: NodeTarget): string {
  switch (target.source) {
    case "registry":
      return safeName(target.id.toLowerCase());
    case "git":
      return safeName(
        target.registryId?.toLowerCase() ?? target.subdirectory?.split("/").at(-1) ??
          repositoryName(target.url),
      );
    default:
      return safeName(target.path === undefined ? target.name : basename(target.path));
  }
}

/** The name of a repository, without `.git`; dots inside it stay. */
export function repositoryName(url: string): string {
  return url.replace(/[?#].*$/s, "").replace(/\/+$/, "").split(/[/\\:]/).at(-1)!
    .replace(/\.git$/i, "");
}

/** Makes one path component of a text that every system allows, and that ComfyUI takes for a pack. */
export function safeName(text: string): string {
  const name = text.normalize("NFC")
    .replace(/[\p{Cc}<>:"/\\|?*]/gu, "_")
    .replace(/^[.\s]+|[.\s]+$/g, "")
    .slice(0, 100);
  if (name === "" || name === "__pycache__") return "node-pack";
  return WINDOWS_DEVICE.test(name) ? `_${name}` : name.replace(/\.disabled$/i, "_disabled");
}
