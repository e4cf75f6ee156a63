import { dirname, join } from "node:path";
import { silentReporter } from "../../../src/base/mod.ts";
import { locationPath, ModelIndex } from "../../../src/models/index/mod.ts";
import { scanModels, type ScanOptions, type ScanReport } from "../../../src/models/scan/mod.ts";
import { sampleModel } from "../../support/model_files.ts";

/** A directory of models and an index of it. */
export interface ModelTree {
  /** Holds `models` and the index. */
  readonly root: string;
  readonly models: string;
  readonly index: ModelIndex;
  /** Writes a model whose content a text tells, and returns its path. */
  write(path: string, content: string): Promise<string>;
  /** Scans `models`, or what is named. */
  scan(named?: readonly string[], options?: Partial<ScanOptions>): Promise<ScanReport>;
  /** What the index holds: path below the root to digest. */
  held(): Readonly<Record<string, string>>;
}

/** Runs a test with an empty tree. */
export async function withModelTree(work: (tree: ModelTree) => Promise<void>): Promise<void> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "comfydock-models-" }));
  const models = join(root, "models");
  await Deno.mkdir(models);
  const index = new ModelIndex(join(root, "model_index.db"));
  try {
    await work({
      root,
      models,
      index,
      async write(path, content) {
        const whole = join(models, path);
        await Deno.mkdir(dirname(whole), { recursive: true });
        await Deno.writeFile(whole, sampleModel(content));
        return whole;
      },
      scan: (named = [models], options = {}) =>
        scanModels(index, { named, usual: [], env: {} }, { report: silentReporter, ...options }),
      held: () => heldBy(index, root),
    });
  } finally {
    index[Symbol.dispose]();
    await Deno.remove(root, { recursive: true });
  }
}

/** What an index holds: path below a root to digest, sorted by path. */
export function heldBy(index: ModelIndex, root: string): Readonly<Record<string, string>> {
  const places = index.models().flatMap(({ blake3, locations }) =>
    locations.map((location) => [locationPath(location).slice(root.length + 1), blake3])
  );
  return Object.fromEntries(places.sort(([a], [b]) => (a! < b! ? -1 : 1)));
}
