import { join } from "node:path";
import { compareCodePoints, fileError } from "../../base/mod.ts";
import { ownerOfFile, type RepositoryFiles } from "../repository/mod.ts";
import type { Edits } from "./open_edits.ts";

/** The names of a template's files below the directory of templates: its workflow first. */
export async function filesOf(edits: Edits, id: string): Promise<readonly string[]> {
  return (await filesById(edits)).get(id) ?? [];
}

/** The names of all templates' files below the directory of templates, by id; workflows first. */
export async function filesById(
  { repository: { files, config, bundles }, index }: Edits,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = new Set([...bundles.bundleOf.keys(), ...index.templates.map(({ name }) => name)]);
  return await ownFilesIn(files, config.templatesDir, ids);
}

/** The names of templates' files below a directory, by id; workflows first. */
export async function ownFilesIn(
  files: RepositoryFiles,
  directory: string,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  for (const path of await files.list(directory)) {
    const name = path.slice(directory.length + 1);
    const id = name.includes("/") ? undefined : ownerOfFile(name, ids)?.id;
    if (id === undefined) continue;
    const names = found.get(id) ?? [];
    names.push(name);
    found.set(id, names);
  }
  for (const names of found.values()) {
    names.sort((left, right) =>
      Number(right.endsWith(".json")) - Number(left.endsWith(".json")) ||
      compareCodePoints(left, right)
    );
  }
  return found;
}

/** The size of a file in bytes; 0 where there is none. */
export async function sizeOf(root: string, path: string): Promise<number> {
  try {
    return (await Deno.stat(join(root, path))).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw fileError("Cannot read", join(root, path), error);
  }
}
