import { dirname, join } from "node:path";
import {
  baseErrors,
  fileError,
  isKind,
  readTextBounded,
  temporaryBeside,
  writeFileAtomic,
} from "../../base/mod.ts";
import { applyChanges, requireInside } from "../changes/mod.ts";
import { type CacheVariables, privateDirectory } from "../digests/mod.ts";
import type { CopyStep, SyncPlan } from "./types.ts";

const MAX_BYTES = 64 * 1024 ** 2;

/** The copies that earlier runs made in a repository; none where nothing is known. */
export async function readGenerated(
  root: string,
  env?: CacheVariables,
): Promise<ReadonlySet<string>> {
  const path = await listPath(root, env);
  if (path === undefined) return new Set();
  try {
    const paths: unknown = JSON.parse(await readTextBounded(path, MAX_BYTES));
    return new Set(
      Array.isArray(paths) ? paths.filter((item) => typeof item === "string") : [],
    );
  } catch (error) {
    // Without the list nothing is removed, which is safe.
    if (error instanceof SyntaxError || isKind(error, baseErrors.FILE_NOT_FOUND)) return new Set();
    throw error;
  }
}

/**
 * Carries a plan out: copies first, the manifest last, so that a run that ends midway is made good by the next.
 *
 * @param root Absolute path of the repository.
 * @throws `E_BAD_REPOSITORY`, `E_FILE_CHANGED`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function applySync(
  root: string,
  { manifest, copies, removed, targets }: SyncPlan,
  env?: CacheVariables,
): Promise<void> {
  await requireInside(root, [...copies.map(({ target }) => target), ...removed]);
  // Known before they are made: what a run that ends midway left can be removed later.
  const known = [...await readGenerated(root, env), ...targets];
  await keepGenerated(root, known, env);
  for (const step of copies) await copy(root, step);
  for (const path of removed) await remove(join(root, path));
  await keepGenerated(root, known.filter((path) => !removed.includes(path)), env);
  await applyChanges(root, manifest);
}

async function copy(root: string, { source, target, content }: CopyStep): Promise<void> {
  const path = join(root, target);
  const staged = temporaryBeside(path);
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
    if (content) await Deno.writeFile(staged, content, { createNew: true });
    else await Deno.copyFile(join(root, source), staged);
    await Deno.rename(staged, path);
  } catch (error) {
    await Deno.remove(staged).catch(() => {});
    throw fileError("Cannot write", path, error);
  }
}

async function remove(path: string): Promise<void> {
  try {
    await Deno.remove(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileError("Cannot remove", path, error);
  }
}

async function keepGenerated(
  root: string,
  paths: readonly string[],
  env?: CacheVariables,
): Promise<void> {
  const file = await listPath(root, env);
  if (file === undefined) return;
  await Deno.mkdir(dirname(file), { recursive: true });
  await writeFileAtomic(file, JSON.stringify([...new Set(paths)].sort()));
}

async function listPath(root: string, env?: CacheVariables): Promise<string | undefined> {
  const directory = await privateDirectory(root, env);
  return directory === undefined ? undefined : join(directory, "generated.json");
}
