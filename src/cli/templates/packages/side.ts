import { workingFiles } from "../../../templates/mod.ts";
import { readSide, type RepositorySide } from "../../../templates/packages/mod.ts";
import type { CommandContext } from "../../types.ts";
import { namedRoot } from "../access.ts";

/** A working copy with all that decides what its packages ship. */
export interface NamedSide {
  /** Absolute path. */
  readonly root: string;
  readonly side: RepositorySide;
}

/**
 * Reads the working copy that `--root` names, or that the current directory lies in.
 *
 * @throws `E_NO_REPOSITORY`, `E_BAD_CONFIG`
 */
export async function readNamedSide(
  options: { readonly root?: string },
  context: Pick<CommandContext, "warn">,
): Promise<NamedSide> {
  const root = await namedRoot(options, context);
  return { root, side: await readSide(workingFiles(root)) };
}
