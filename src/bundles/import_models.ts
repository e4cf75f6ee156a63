import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { baseErrors, ComfydockError, fileError, readPieces, throwIfAborted } from "../base/mod.ts";
import type { EnvironmentWorld } from "../environment/mod.ts";
import {
  modelPath,
  type PlacedModel,
  registerModels,
  statModel,
} from "../environment/models/mod.ts";
import { createBlake3 } from "../models/mod.ts";
import { freeSpace, withLock } from "../workspace/mod.ts";
import { bundleErrors } from "./errors.ts";
import { invalidBundle } from "./faults.ts";
import { modelPlace } from "./places.ts";
import type { BundleContent, BundleFile, BundleSource } from "./types.ts";

const LOCK = "models-import";
/** What else has to fit on the disk, in bytes. */
const SPARE = 64 * 1024 ** 2;

/**
 * Finds the models that are in their places already, and sees that the others can come there.
 *
 * @param keep Told the key of a model whose place another file has, which then counts as being there; without it such
 * a file is refused.
 * @returns Keys of those that are there.
 * @throws `BUNDLE_MODEL_DIFFERS`, `BUNDLE_INVALID`, `DISK_FULL`, `FILE_UNREADABLE`
 */
export async function findPresentModels(
  world: EnvironmentWorld,
  { manifest, models }: BundleContent,
  named: string,
  keep?: (key: string) => void,
): Promise<ReadonlySet<string>> {
  const present = new Set<string>();
  let needed = 0;
  for (const { key, localPath, size } of Object.values(manifest.models)) {
    if (localPath === undefined) continue;
    const path = modelPath(world.models, localPath);
    if (path === undefined) throw invalidBundle(named, `the model ${key} leads out of its place`);
    const info = await statModel(path);
    const packed = models.get(key);
    if (!info) {
      needed += packed?.size ?? 0;
      continue;
    }
    const same = packed
      ? info.isFile && info.size === packed.size && await digestOf(path, world) === packed.sha256
      : info.isFile && (size === undefined || info.size === size);
    if (packed && !same) {
      if (!keep || !info.isFile) throw inTheWay(key, path, info.size, packed.size);
      keep(key);
    }
    if (same || packed) present.add(key);
  }
  const free = needed === 0 ? Infinity : await freeSpace(world.models);
  if (free < needed + SPARE) {
    throw new ComfydockError(
      baseErrors.DISK_FULL,
      `Cannot import the models of "${named}": they need ${needed} bytes, ${free} are free`,
      { hint: "Free some room, or run comfydock config set models_dir DIR" },
    );
  }
  return present;
}

/**
 * Puts the models of a bundle into their places and into the workspace's index, one after another; each appears when it
 * is whole and its digest is right, so that a later try passes over it.
 *
 * @returns Keys of the models that were written.
 * @throws `BUNDLE_INVALID`, `LOCKED`, `FILE_UNWRITABLE`, `DISK_FULL`, `INTERRUPTED`
 */
export async function importModels(
  world: EnvironmentWorld,
  { content, named, readModels }: BundleSource,
  present: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { workspace, lockTimeoutMs: timeoutMs, clock, signal, report, checkpoints } = world;
  const missing = [...content.models].filter(([key]) => !present.has(key));
  if (missing.length === 0) return [];
  const written: string[] = [];
  const placed: PlacedModel[] = [];
  const total = missing.reduce((sum, [, { size }]) => sum + size, 0);
  report.emit({ kind: "started", id: LOCK, label: "Unpacking models", total, unit: "bytes" });
  try {
    await withLock(
      workspace,
      LOCK,
      { command: "import", timeoutMs, clock, signal },
      () =>
        readModels(async (key, bytes) => {
          const file = content.models.get(key);
          if (!file || present.has(key)) return await bytes.pipeTo(new WritableStream());
          const target = join(world.models, ...modelPlace(file.path).split("/"));
          const blake3 = await writeModel(world, bytes, { file, target, named });
          written.push(key);
          const { sources = [] } = content.manifest.models[key] ?? {};
          placed.push({ path: target, digests: { blake3, sha256: file.sha256 }, sources });
          checkpoints.reach("import:model-placed");
        }),
    );
    return written;
  } finally {
    report.emit({ kind: "finished", id: LOCK });
    await registerModels(world, placed);
  }
}

async function writeModel(
  { report, signal }: EnvironmentWorld,
  bytes: ReadableStream<Uint8Array>,
  { file, target, named }: {
    readonly file: BundleFile;
    readonly target: string;
    readonly named: string;
  },
): Promise<string> {
  // A name that does not change, so that a later try writes over what a killed one left; the lock keeps others away.
  const temporary = join(dirname(target), `.${file.sha256}.import.tmp`);
  const hash = createHash("sha256");
  const blake3 = createBlake3();
  try {
    await Deno.mkdir(dirname(target), { recursive: true });
    {
      using output = await Deno.open(temporary, { write: true, create: true, truncate: true });
      for await (const chunk of bytes) {
        throwIfAborted(signal);
        hash.update(chunk);
        blake3.update(chunk);
        for (let at = 0; at < chunk.length;) at += output.writeSync(chunk.subarray(at));
        report.emit({ kind: "advanced", id: LOCK, by: chunk.length });
      }
      await output.sync();
    }
    if (hash.digest("hex") !== file.sha256) {
      throw invalidBundle(named, `"${file.path}" changed while it was imported`, file.path);
    }
    await Deno.rename(temporary, target);
    return blake3.finish();
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw fileError("Cannot write", target, error);
  }
}

async function digestOf(path: string, { signal }: EnvironmentWorld): Promise<string> {
  const hash = createHash("sha256");
  try {
    using file = await Deno.open(path);
    for await (const piece of readPieces(file)) {
      throwIfAborted(signal);
      hash.update(piece);
    }
    return hash.digest("hex");
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
}

function inTheWay(key: string, path: string, here: number, packed: number): ComfydockError {
  return new ComfydockError(
    bundleErrors.BUNDLE_MODEL_DIFFERS,
    `Cannot import the model ${key}: "${path}" is another file`,
    {
      hint:
        `Move "${path}" away, then run the same command again; comfydock import --keep-models ` +
        "keeps it",
      details: { key, path, here, packed },
    },
  );
}
