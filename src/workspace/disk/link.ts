import { dirname, resolve } from "node:path";
import { ComfydockError, fileError, temporaryBeside } from "../../base/mod.ts";
import { workspaceErrors } from "../errors.ts";
import { lookAt } from "./exists.ts";

/** What {@linkcode linkDirectory} had to do. */
export type LinkChange = "kept" | "made" | "retargeted";

/**
 * Makes a link to a directory, or points an existing link there; what is no link is never replaced.
 *
 * Windows gets a junction, which needs no rights.
 *
 * @param path Where the link is.
 * @param target The absolute path of the directory.
 * @throws `LINK_OCCUPIED`, `FILE_UNWRITABLE`
 */
export async function linkDirectory(path: string, target: string): Promise<LinkChange> {
  const info = await lookAt(path);
  if (info && !info.isSymlink) {
    throw new ComfydockError(
      workspaceErrors.LINK_OCCUPIED,
      `Cannot link "${path}" to "${target}": something that is no link is there`,
      { hint: `Move "${path}" away, then run comfydock repair`, details: { path, target } },
    );
  }
  try {
    if (info && await leadsTo(path, target)) return "kept";
    await Deno.mkdir(dirname(path), { recursive: true });
    if (!info) {
      await Deno.symlink(target, path, { type: "junction" });
      return "made";
    }
    // A rename replaces the old link in one step, except on Windows.
    const temporary = temporaryBeside(path);
    await Deno.symlink(target, temporary, { type: "junction" });
    if (Deno.build.os === "windows") await Deno.remove(path);
    await Deno.rename(temporary, path);
    return "retargeted";
  } catch (error) {
    throw fileError("Cannot create the link", path, error);
  }
}

async function leadsTo(path: string, target: string): Promise<boolean> {
  // Windows answers with a prefix for long paths.
  const found = (await Deno.readLink(path)).replace(/^\\\\\?\\/, "");
  return resolve(dirname(path), found) === resolve(target);
}
