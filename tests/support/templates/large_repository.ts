import { basename, dirname, join } from "node:path";
import {
  applyChanges,
  openRepository,
  readIndexes,
  workingFiles,
} from "../../../src/templates/mod.ts";
import { openDigests } from "../../../src/templates/digests/mod.ts";
import { planSync } from "../../../src/templates/sync/mod.ts";
import { templateWorkflows } from "../template_workflows.ts";
import { seedFiles } from "./layouts.ts";
import { tinyWebp } from "./pictures.ts";
import { jsonText } from "./sample_files.ts";

/** What a large repository holds. */
export interface LargeRepository {
  readonly templates: number;
  /** Bytes of its pictures. */
  readonly pictureBytes: number;
}

type Index = { templates: { name: string; mediaSubtype: string; thumbnailVariant?: string }[] }[];

/**
 * Makes a repository of all templates that ComfyUI ships, with their index files, pictures of some size and a manifest.
 *
 * @param root An empty directory.
 * @param bytesEach Of each picture.
 */
export async function makeLargeRepository(
  root: string,
  bytesEach: number,
): Promise<LargeRepository> {
  const ids: string[] = [];
  await Deno.mkdir(join(root, "templates"), { recursive: true });
  let source = "";
  for await (const [name, path] of templateWorkflows()) {
    source = dirname(path);
    ids.push(basename(name, ".json"));
    await Deno.copyFile(path, join(root, "templates", name));
  }
  for await (const { name } of Deno.readDir(source)) {
    if (!/^index.*\.json$/.test(name)) continue;
    await Deno.copyFile(join(source, name), join(root, "templates", name));
    ids.push(basename(name, ".json"));
  }
  for (const [path, content] of seedFiles()) {
    if (path.startsWith("templates/") || path.endsWith("manifest.json")) continue;
    await Deno.mkdir(dirname(join(root, path)), { recursive: true });
    await Deno.writeFile(join(root, path), bytesOf(content));
  }
  const half = ids.sort().length >> 1;
  const bundles = { "media-api": ids.slice(0, half), "media-image": ids.slice(half) };
  await Deno.writeTextFile(join(root, "bundles.json"), jsonText(bundles));
  const index: Index = JSON.parse(await Deno.readTextFile(join(root, "templates", "index.json")));
  const pictures = await writePictures(root, index, bytesEach);
  await writeManifest(root);
  return { templates: index.flatMap(({ templates }) => templates).length, pictureBytes: pictures };
}

async function writePictures(root: string, index: Index, bytesEach: number): Promise<number> {
  const filler = new Uint8Array(bytesEach);
  for (let at = 0; at < filler.length; at += 65_536) {
    crypto.getRandomValues(filler.subarray(at, at + 65_536));
  }
  let bytes = 0;
  for (
    const { name, mediaSubtype, thumbnailVariant = "" } of index.flatMap((one) => one.templates)
  ) {
    const numbers = /^(?:compareSlider|hoverDissolve)$/.test(thumbnailVariant) ? [1, 2] : [1];
    for (const number of numbers) {
      filler.set(tinyWebp(`${name} ${number}`));
      await Deno.writeFile(join(root, "templates", `${name}-${number}.${mediaSubtype}`), filler);
      bytes += filler.length;
    }
  }
  return bytes;
}

async function writeManifest(root: string): Promise<void> {
  const repository = await openRepository(workingFiles(root));
  const { value } = await readIndexes(repository.files, repository.config);
  const digests = await openDigests(root, { cache: false });
  await applyChanges(root, (await planSync(repository, value, digests)).manifest);
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
