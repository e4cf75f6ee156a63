import { dirname } from "node:path";
import { fileError, temporaryBeside } from "../../base/mod.ts";

/**
 * Puts a file into its place that is somewhere else on this machine already: a hard link, else a copy.
 *
 * Where blocks can be shared between files, the copy shares them.
 *
 * @param from Links are followed.
 * @param target Must not exist.
 * @param options.copy Whether it is copied even where it could be linked.
 * @throws `FILE_UNREADABLE`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function putSame(
  from: string,
  target: string,
  { copy = false }: { readonly copy?: boolean } = {},
): Promise<"linked" | "copied"> {
  const temporary = temporaryBeside(target);
  try {
    await Deno.mkdir(dirname(target), { recursive: true });
    const kind = await linkOrCopy(await Deno.realPath(from), temporary, copy);
    await Deno.rename(temporary, target);
    return kind;
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw fileError("Cannot write the copy of", from, error);
  }
}

async function linkOrCopy(
  from: string,
  to: string,
  copy: boolean,
): Promise<"linked" | "copied"> {
  try {
    if (!copy) {
      await Deno.link(from, to);
      return "linked";
    }
  } catch {
    // Another disk, or a file system without hard links: a copy does as well.
  }
  await Deno.copyFile(from, to);
  return "copied";
}
