import { join, relative } from "node:path";
import { readModelFolders } from "../folders/mod.ts";
import { readModelFormat } from "../formats/mod.ts";
import { locationPath, type ModelIndex, recordFile } from "../index/mod.ts";
import { placeOf } from "../scan/walk.ts";
import type { ModelSource } from "../../pyproject/mod.ts";
import type { KnownSource } from "../types.ts";

/**
 * The paths where the index knows a file with one of these digests, as long as it is unchanged since.
 *
 * @param digests In hex by algorithm.
 */
export function findIndexed(
  index: ModelIndex,
  digests: Readonly<Record<string, string>>,
): readonly string[] {
  const models = Object.values(digests).flatMap((digest) => index.byHash(digest));
  return models.flatMap(({ locations }) =>
    locations.filter((location) => {
      const now = lookAt(locationPath(location));
      return now?.size === location.size && now.mtimeNs === location.mtimeNs;
    }).map(locationPath)
  );
}

function lookAt(path: string): ReturnType<typeof placeOf> | undefined {
  try {
    return placeOf(Deno.statSync(path));
  } catch {
    // Gone, or not to be seen: nothing that could be linked.
    return undefined;
  }
}

/** A file that was fetched or registered, with all that is known of it. */
export interface KnownFile {
  /** Absolute. */
  readonly path: string;
  /** In hex. */
  readonly blake3: string;
  readonly sha256?: string;
  readonly sources: readonly KnownSource[];
}

/**
 * Notes a file in the index without reading it again.
 *
 * @param directory Absolute path of the directory of models that it lies below.
 * @param now When, as ISO 8601.
 * @throws `MODEL_BROKEN`, `MODEL_NOT_A_MODEL` when its header says that it is no model, and the errors of the index
 */
export async function recordKnownFile(
  index: ModelIndex,
  directory: string,
  { path, blake3, sha256, sources }: KnownFile,
  now: string,
): Promise<void> {
  const root = await Deno.realPath(directory);
  const relativePath = relative(directory, path).replaceAll("\\", "/");
  const folder = (await readModelFolders()).folderOf(relativePath);
  const format = await readModelFormat(path);
  const place = {
    directory: root,
    relativePath,
    folder,
    ...placeOf(await Deno.stat(join(root, relativePath))),
  };
  index.transaction(() => {
    const id = recordFile(index, place, { blake3, sha256, format }, now);
    index.addSources(id, sources);
  });
}

/** A source of the manifest as the index keeps it; nothing for kinds that it does not know. */
export function toKnownSource(source: ModelSource): readonly KnownSource[] {
  switch (source.type) {
    case "huggingface": {
      const { repo, file, revision = "main" } = source;
      return [{ type: source.type, url: `hf:${repo}@${revision}/${file}` }];
    }
    case "civitai":
      return [{ type: source.type, url: `civitai:${source.versionId}` }];
    case "url":
      return [{ type: source.type, url: source.url }];
    case "unknown":
      return [];
  }
}
