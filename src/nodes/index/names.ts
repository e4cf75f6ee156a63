import type { MappedPackage } from "../../mappings/mod.ts";
import { fold } from "../../mappings/words/mod.ts";

const NOT_A_LETTER = /[^\p{L}\p{N}]+/gu;
const ABOUT_COMFYUI = /^comfy(?:ui)?(?=.)|(?<=.)comfyui$/g;

/**
 * A name as people remember it: folded, without separators, and without the `ComfyUI` that half of all packs carry.
 *
 * `ComfyUI-Impact-Pack`, `impact pack` and `ImpactPack` are one name.
 */
export function plainName(name: string): string {
  return fold(name).replace(NOT_A_LETTER, "").replace(ABOUT_COMFYUI, "");
}

/** The last part of a repository's address, such as `ComfyUI-Impact-Pack`. */
function repositoryName({ repository = "" }: MappedPackage): string {
  return repository.replace(/[?#].*$/, "").replace(/(?:\.git|\/)+$/, "").split("/").at(-1) ?? "";
}

/** The names that a package goes by; ids of packs that only Manager knows are made up and no names. */
export function namesOf(id: string, found: MappedPackage): readonly string[] {
  return [found.source === "manager" ? "" : id, found.display_name ?? "", repositoryName(found)]
    .filter((name) => name !== "");
}
