import { isAbsolute, relative } from "node:path";
import {
  baseErrors,
  ComfydockError,
  forEachConcurrent,
  isKind,
  throwIfAborted,
} from "../../base/mod.ts";
import { downloadErrors } from "../../http/mod.ts";
import { modelErrors } from "../errors.ts";
import { sourceLabel } from "../sources/mod.ts";
import { putSame } from "./put_same.ts";
import { createSpaceGuard, type SpaceGuard } from "./space.ts";
import { trySource } from "./try_source.ts";
import type { DownloadWorld, FailedSource, ModelOutcome, WantedModel } from "./types.ts";

const AT_ONCE = 3;

/** Faults of this machine, with which no other source would do better. */
const OUR_FAULTS = [
  baseErrors.DISK_FULL,
  baseErrors.FILE_UNWRITABLE,
  baseErrors.FILE_UNREADABLE,
  downloadErrors.DOWNLOAD_BUSY,
];

/**
 * Brings models to their places: what is here already is linked, the rest is fetched, several at once, each from the
 * first of its sources that gives the right file.
 *
 * Faults of one model are its outcome; the others go on.
 *
 * @returns In the order of `wanted`.
 * @throws `INTERRUPTED`; what has come so far stays for the next call, which its hint says
 */
export async function downloadModels(
  world: DownloadWorld,
  wanted: readonly WantedModel[],
): Promise<readonly ModelOutcome[]> {
  const outcomes = new Map<WantedModel, ModelOutcome>();
  const space = createSpaceGuard();
  let kept = false;
  try {
    await forEachConcurrent(wanted, async (model) => {
      try {
        const outcome = await bring(world, model, space);
        outcomes.set(model, outcome);
        kept ||= outcome.kind === "fetched";
      } catch (error) {
        kept ||= error instanceof ComfydockError && error.details.kept !== undefined;
        throw error;
      }
    }, { limit: world.concurrency ?? AT_ONCE, signal: world.signal });
  } catch (error) {
    throw kept && isKind(error, baseErrors.INTERRUPTED) ? toBeGoneOnWith(error) : error;
  }
  return wanted.flatMap((model) => outcomes.get(model) ?? []);
}

function toBeGoneOnWith({ message, details, cause }: ComfydockError): ComfydockError {
  const hint = "Run the same command again: it goes on with what has come so far";
  return new ComfydockError(baseErrors.INTERRUPTED, message, { hint, details, cause });
}

async function bring(
  world: DownloadWorld,
  wanted: WantedModel,
  space: SpaceGuard,
): Promise<ModelOutcome> {
  const { key } = wanted;
  try {
    refuseOutside(world, wanted);
    return await findHere(world, wanted) ?? await fetchModel(world, wanted, space);
  } catch (error) {
    if (!(error instanceof ComfydockError) || isKind(error, baseErrors.INTERRUPTED)) throw error;
    return { kind: "failed", key, error, failed: [] };
  }
}

function refuseOutside({ directory }: DownloadWorld, { name, target }: WantedModel): void {
  const below = relative(directory, target);
  if (below !== "" && !below.startsWith("..") && !isAbsolute(below)) return;
  throw new ComfydockError(
    modelErrors.MODEL_OUTSIDE,
    `Cannot put "${name}" to "${target}": that is not below "${directory}"`,
    { hint: "Give it a path below the directory of models", details: { target, directory } },
  );
}

/** What needs no network: it is in its place, or somewhere else on this machine. */
async function findHere(
  world: DownloadWorld,
  wanted: WantedModel,
): Promise<ModelOutcome | undefined> {
  const { key, target, digests } = wanted;
  const same = await world.findSame?.(digests) ?? [];
  const there = await statFile(target);
  if (there !== undefined) {
    const right = wanted.size === undefined || there.size === wanted.size;
    if (!right) throw occupied(wanted, there.size);
    return { kind: "present", key, path: target, size: there.size, digests, failed: [] };
  }
  for (const path of same) {
    const info = await statFile(path);
    if (info === undefined || (wanted.size !== undefined && info.size !== wanted.size)) continue;
    const kind = await putSame(path, target);
    return { kind, key, path: target, size: info.size, digests, same: path, failed: [] };
  }
  return undefined;
}

async function statFile(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    const info = await Deno.stat(path);
    return info.isFile ? info : undefined;
  } catch {
    // Not there, or not to be seen: both mean that it cannot be used.
    return undefined;
  }
}

function occupied({ name, target, size }: WantedModel, found: number): ComfydockError {
  return new ComfydockError(
    modelErrors.MODEL_OCCUPIED,
    `Cannot put "${name}" to "${target}": another file with ${found} instead of ${size} bytes is there`,
    {
      hint: "Move that file away, then run the same command again",
      details: { target, found, size },
    },
  );
}

async function fetchModel(
  world: DownloadWorld,
  wanted: WantedModel,
  space: SpaceGuard,
): Promise<ModelOutcome> {
  const { key, name } = wanted;
  const id = `download:${key}`;
  const failed: FailedSource[] = [];
  world.report.emit({ kind: "started", id, label: name, total: wanted.size, unit: "bytes" });
  try {
    let told = 0;
    const onBytes = (done: number, total?: number) => {
      world.report.emit({ kind: "advanced", id, by: done - told, total });
      told = done;
    };
    for (const [at, each] of wanted.sources.entries()) {
      throwIfAborted(world.signal);
      try {
        const last = at + 1 === wanted.sources.length;
        const watch = { space, onBytes, last };
        const { file, resolved } = await trySource(world, wanted, each, watch);
        const { path, size, digests, resumedFrom } = file;
        const { source } = resolved;
        return { kind: "fetched", key, path, size, digests, source, resumedFrom, failed };
      } catch (error) {
        if (!(error instanceof ComfydockError) || isKind(error, baseErrors.INTERRUPTED)) {
          throw error;
        }
        failed.push({ source: each.source, error });
        if (OUR_FAULTS.some((kind) => isKind(error, kind))) {
          return { kind: "failed", key, error, failed };
        }
        if (at + 1 < wanted.sources.length) warn(world, wanted, error);
      }
    }
    return { kind: "failed", key, error: unavailable(wanted, failed), failed };
  } finally {
    world.report.emit({ kind: "finished", id });
  }
}

function warn({ report }: DownloadWorld, { name }: WantedModel, error: ComfydockError): void {
  const aside = typeof error.details.aside === "string"
    ? `; what came is kept as "${error.details.aside}"`
    : "";
  const message = `${error.message}${aside}; trying the next source of "${name}"`;
  report.emit({ kind: "warned", code: error.code, message });
}

function unavailable(
  { key, name, sources }: WantedModel,
  failed: readonly FailedSource[],
): ComfydockError {
  const [only, ...others] = failed;
  if (only !== undefined && others.length === 0) return only.error;
  const why = only === undefined
    ? "no source of it is known"
    : `none of its ${sources.length} sources gave it`;
  const hint = only === undefined
    ? `Run comfydock model source add ${key} URL`
    : failed.map(({ error }) => error.message).join("; ");
  return new ComfydockError(modelErrors.MODEL_UNAVAILABLE, `Cannot fetch "${name}": ${why}`, {
    hint,
    details: {
      key,
      tried: failed.map(({ source, error: { code, message } }) => ({
        source: sourceLabel(source),
        code,
        message,
      })),
    },
  });
}
