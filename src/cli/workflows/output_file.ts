import {
  ComfydockError,
  exists,
  fileError,
  refuseNamedPipe,
  writeFileAtomic,
} from "../../base/mod.ts";
import type { WorkspaceLayout } from "../../workspace/mod.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext } from "../types.ts";

/** What is written, and where to. */
export interface OutputFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string;
  /** The command that writes, for the trash. */
  readonly command: string;
  /** The option that names another file, for the hint. */
  readonly flag: string;
  /** Tells by what is there that comfydock wrote it and can do so again. */
  readonly isOurs?: (content: string) => boolean;
}

/**
 * Writes a file that a command was told to write. Where another one is there, it asks first, and that one goes to the
 * trash; without a workspace, which has the trash, it stays beside under another name.
 *
 * @returns Whether anything had to be written.
 * @throws `ANSWER_NEEDED` where nobody can be asked, `FILE_EXISTS` where the answer is no
 */
export async function writeOutput(
  context: CommandContext,
  workspace: WorkspaceLayout | undefined,
  { path, content, command, flag, isOurs = () => false }: OutputFile,
): Promise<boolean> {
  const there = await textAt(path);
  if (there === content) return false;
  if (there !== undefined && !isOurs(there)) {
    const message = `Replace ${path}?`;
    if (!await context.ask.confirm({ message, flag: "--yes" })) throw isThere(path, flag);
    await putAside(context, workspace, path, command);
  }
  await writeFileAtomic(path, content);
  return true;
}

/** What a file says; what is too odd to be text is nobody's but the user's. */
async function textAt(path: string): Promise<string | undefined> {
  if (!await exists(path)) return undefined;
  try {
    refuseNamedPipe(path);
    return await Deno.readTextFile(path);
  } catch (error) {
    throw fileError("Cannot replace", path, error);
  }
}

async function putAside(
  { clock }: CommandContext,
  workspace: WorkspaceLayout | undefined,
  path: string,
  command: string,
): Promise<void> {
  if (workspace) {
    const { moveToTrash } = await import("../../workspace/mod.ts");
    await moveToTrash(workspace, path, { command, at: new Date(clock.now()).toISOString() });
    return;
  }
  let aside = `${path}.old`;
  for (let count = 2; await exists(aside); count++) aside = `${path}.old${count}`;
  await Deno.rename(path, aside);
}

function isThere(path: string, flag: string): ComfydockError {
  return new ComfydockError(
    cliErrors.FILE_EXISTS,
    `Cannot write "${path}": there is a file, and it shall stay`,
    { hint: `Name another one with ${flag}`, details: { path } },
  );
}
