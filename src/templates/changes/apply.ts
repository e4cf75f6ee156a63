import { dirname, join } from "node:path";
import { ComfydockError, fileError, temporaryBeside } from "../../base/mod.ts";
import { decodeText } from "../repository/mod.ts";
import { templateErrors } from "../errors.ts";
import type { FileChange } from "./types.ts";

/**
 * A change of a text file, or nothing where both texts are the same.
 *
 * @param before Absent where the file is new.
 */
export function textChange(path: string, before: string | undefined, after: string): FileChange[] {
  if (before === after) return [];
  const encoder = new TextEncoder();
  const old = before === undefined ? undefined : encoder.encode(before);
  return [{ path, before: old, after: encoder.encode(after) }];
}

/**
 * Carries changes out, all or none: everything is staged beside its target before the first file is swapped, and when a
 * swap fails, those before it are taken back.
 *
 * @param root Absolute path of the repository.
 * @throws `E_FILE_CHANGED` when a file is not what the change was made for, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function applyChanges(root: string, changes: readonly FileChange[]): Promise<void> {
  for (const { path, before } of changes) await requireUnchanged(join(root, path), path, before);
  const staged = new Map<string, string>();
  const done: FileChange[] = [];
  try {
    for (const { path, after } of changes) {
      if (after) staged.set(path, await stage(join(root, path), after));
    }
    for (const change of changes) {
      await swap(join(root, change.path), staged.get(change.path));
      staged.delete(change.path);
      done.push(change);
    }
  } catch (error) {
    for (const { path, before } of done.reverse()) {
      const target = join(root, path);
      await swap(target, before && await stage(target, before));
    }
    for (const file of staged.values()) await Deno.remove(file);
    throw error;
  }
}

async function requireUnchanged(
  file: string,
  path: string,
  before: Uint8Array | undefined,
): Promise<void> {
  const now = await readIfThere(file);
  const same = now === undefined || before === undefined
    ? now === before
    : now.length === before.length && now.every((byte, at) => byte === before[at]);
  if (same) return;
  throw new ComfydockError(
    templateErrors.E_FILE_CHANGED,
    `Cannot change "${path}": it is not what it was when the change was planned`,
    { hint: "Run the command again", details: { path } },
  );
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await Deno.readFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw fileError("Cannot read", file, error);
  }
}

async function stage(target: string, content: Uint8Array): Promise<string> {
  const file = temporaryBeside(target);
  try {
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.writeFile(file, content, { createNew: true });
    return file;
  } catch (error) {
    throw fileError("Cannot write", target, error);
  }
}

async function swap(target: string, staged: string | undefined): Promise<void> {
  try {
    if (staged !== undefined) await Deno.rename(staged, target);
    else await Deno.remove(target);
  } catch (error) {
    throw fileError("Cannot write", target, error);
  }
}

/** The text of one side of a change, or nothing where it is not text. */
export function textOf(content: Uint8Array | undefined): string | undefined {
  try {
    const text = decodeText(content ?? new Uint8Array());
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
