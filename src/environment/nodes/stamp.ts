import { join } from "node:path";
import {
  baseErrors,
  isKind,
  parseJsonText,
  readNumber,
  readRecord,
  readText,
  readTextBounded,
  writeFileAtomic,
} from "../../base/mod.ts";
import { lookAt, type WorkspaceLayout } from "../../workspace/mod.ts";
import type { FileFacts } from "./files.ts";

/** What a directory held when its files were last compared, so that nobody has to read them again. */
export interface TreeStamp {
  /** SHA-256 of the tree that its files are those of. */
  readonly tree: string;
  /** The files of that tree; others are strangers. */
  readonly files: ReadonlyMap<string, FileFacts>;
}

const SCHEMA = 1;
const MAX_BYTES = 20_000_000;

/**
 * Where the stamp of a pack is kept; losing it costs time only.
 *
 * @param environment The name of the environment.
 * @param directory The name of the pack's directory.
 */
function stampPath({ metadata }: WorkspaceLayout, environment: string, directory: string): string {
  return join(metadata, "nodes", environment, `${directory}.json`);
}

/** Reads a stamp; one that is missing, damaged or of another schema is none. */
export async function readTreeStamp(
  workspace: WorkspaceLayout,
  environment: string,
  directory: string,
): Promise<TreeStamp | undefined> {
  const path = stampPath(workspace, environment, directory);
  if (!await lookAt(path)) return undefined;
  try {
    const data = readRecord(parseJsonText(await readTextBounded(path, MAX_BYTES), path), "$");
    if (data.schema !== SCHEMA) return undefined;
    const files = Object.entries(readRecord(data.files, "$.files"))
      .map(([name, value]): [string, FileFacts] => {
        const [size, modified] = Array.isArray(value) ? value : [];
        return [name, { size: readNumber(size, "$"), modified: readNumber(modified, "$") }];
      });
    return { tree: readText(data.tree, "$.tree"), files: new Map(files) };
  } catch (error) {
    if (isKind(error, baseErrors.DATA_INVALID)) return undefined;
    throw error;
  }
}

/** Writes down what a directory holds. */
export async function writeTreeStamp(
  workspace: WorkspaceLayout,
  environment: string,
  directory: string,
  { tree, files }: TreeStamp,
): Promise<void> {
  const path = stampPath(workspace, environment, directory);
  await Deno.mkdir(join(path, ".."), { recursive: true });
  const listed = [...files].map(([name, { size, modified }]) => [name, [size, modified]]);
  const data = { schema: SCHEMA, tree, files: Object.fromEntries(listed) };
  await writeFileAtomic(path, JSON.stringify(data));
}
