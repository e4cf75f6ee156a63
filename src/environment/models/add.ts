import { basename, join, relative, resolve } from "node:path";
import { ComfydockError, fileError } from "../../base/mod.ts";
import {
  downloadModels,
  hashFile,
  modelErrors,
  parseSource,
  putSame,
  readModelFormat,
  type ResolvedFile,
  resolveWritten,
} from "../../models/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { innerParts } from "../inner_path.ts";
import { readEnvironmentState } from "../state.ts";
import { changeModels, type ModelChangeReport } from "./change.ts";
import { notePlaced } from "./note.ts";
import { modelPath, statModel } from "./places.ts";
import { type AddDecision, type NewModel, planAdd } from "./plan_add.ts";
import { confirmPresent, refuseOther } from "./same_file.ts";
import { type Placing, type Preview, previewCopy, previewFetch } from "./preview.ts";
import { knownTarget, refuseOtherKind, targetFor } from "./target.ts";
import { type ModelWorld, withModelWorld } from "./world.ts";

/** A model that `model add` names. */
export interface AddRequest {
  /** A path, a URL, `hf:…`, `civitai:…` or an AIR. */
  readonly text: string;
  /** Absolute path that a relative one starts from. */
  readonly cwd: string;
  /** Its file name from now on. */
  readonly as?: string;
  /** ComfyUI's folder, which may have folders below it: `loras/styles`. */
  readonly folder?: string;
  readonly optional: boolean;
  readonly meta: Readonly<Record<string, string>>;
  /** A file from elsewhere is copied, even where it could be linked. */
  readonly copy: boolean;
  readonly dryRun: boolean;
}

/** What `model add` came to. */
export interface AddReport extends ModelChangeReport<AddDecision> {
  /** Absolute. */
  readonly path: string;
  readonly placing: Placing;
  /** The file that it was linked to or copied from; absolute. */
  readonly from?: string;
  /** What was fetched, or would be, in bytes; absent where that is not known. */
  readonly bytes?: number;
}

/**
 * Registers a model in the manifest: a file on this machine, or one that is fetched first.
 *
 * A file below the directory of models stays where it is; one from elsewhere is hard-linked there, or copied where that
 * cannot be. `undo` takes the entry back, the file stays.
 *
 * @throws `MODEL_SOURCE_INVALID`, `MODEL_FOLDER_NEEDED`, `MODEL_OCCUPIED`, `MODEL_NAMED_OTHERWISE`, `MODEL_OUTSIDE`, what asking and fetching
 * throw, `FILE_NOT_FOUND`
 */
export async function addModel(world: EnvironmentWorld, request: AddRequest): Promise<AddReport> {
  return await withModelWorld(world, async (models) => {
    const written = parseSource(request.text, models.downloads.sources.hosts);
    if (written.kind === "path") {
      return await addFile(world, models, request, resolve(request.cwd, written.path));
    }
    return await addFetched(
      world,
      models,
      request,
      await resolveWritten(models.downloads.sources, written),
    );
  });
}

async function addFile(
  world: EnvironmentWorld,
  models: ModelWorld,
  request: AddRequest,
  path: string,
): Promise<AddReport> {
  const { size, isFile } = await Deno.stat(path).catch((error) => {
    throw fileError("Cannot read", path, error);
  });
  if (!isFile) throw notAFile(path);
  await refuseNoModel(path);
  const { blake3 } = await hashFile(path);
  const inside = await below(world.models, path);
  const target = inside === undefined
    ? await place(world, request, { name: basename(path), digests: { blake3 } })
    : join(world.models, ...inside.split("/"));
  if (inside !== undefined) await refuseOtherKind(world, target);
  const taken = inside === undefined ? await statModel(target) : undefined;
  if (taken !== undefined) await refuseOther(target, { blake3 });
  const placed: Preview = inside !== undefined
    ? { placing: "in-place" }
    : taken !== undefined
    ? { placing: "present" }
    : request.dryRun
    ? await previewCopy(path, target, request)
    : { placing: await putSame(path, target, request), from: path };
  return await register(world, models, request, {
    ...placed,
    path: target,
    size,
    digests: { blake3 },
  });
}

/** What a scan would not take is no model here either. */
async function refuseNoModel(path: string): Promise<void> {
  try {
    await readModelFormat(path);
  } catch (error) {
    if (!(error instanceof ComfydockError) || typeof error.details.why !== "string") throw error;
    const { code, exit, details } = error;
    const message = `Cannot use "${path}" as a model: ${details.why}`;
    throw new ComfydockError({ code, exit, meaning: message }, message, { details });
  }
}

function notAFile(path: string): ComfydockError {
  return new ComfydockError(modelErrors.MODEL_NOT_A_FILE, `Cannot add "${path}": it is no file`, {
    hint: "Name one file; comfydock model scan looks through directories",
    details: { path },
  });
}

/** The path below the directory of models, with forward slashes; links on the way count as where they lead. */
async function below(models: string, path: string): Promise<string | undefined> {
  const root = await Deno.realPath(models).catch(() => models);
  for (const [from, to] of [[models, path], [root, await Deno.realPath(path)]] as const) {
    const parts = innerParts(relative(from, to).replaceAll("\\", "/"));
    if (parts !== undefined) return parts.join("/");
  }
  return undefined;
}

async function addFetched(
  world: EnvironmentWorld,
  models: ModelWorld,
  request: AddRequest,
  resolved: ResolvedFile,
): Promise<AddReport> {
  const name = resolved.name ?? "model";
  const { source, size, digests, folder } = resolved;
  const target = await place(world, request, { name, digests, folder });
  if (request.dryRun) {
    const preview = await previewFetch(models, resolved, target);
    const there: Readonly<Record<string, string>> = preview.placing === "present"
      ? { blake3: await digestOf(world, models, "present", { path: target, source, digests }) }
      : {};
    const found = { ...preview, path: target, size, digests: { ...digests, ...there }, source };
    return await register(world, models, request, found);
  }
  const wanted = { key: target, name: basename(target), target, size, digests };
  const [outcome] = await downloadModels(models.downloads, [{ ...wanted, sources: [{ source }] }]);
  if (outcome === undefined || outcome.kind === "failed") throw outcome?.error;
  const { kind: placing, path } = outcome;
  const computed = outcome.digests.blake3 === undefined || placing === "present"
    ? {
      ...outcome.digests,
      blake3: await digestOf(world, models, placing, { path, source, digests }),
    }
    : outcome.digests;
  const bytes = placing === "fetched" ? outcome.size - (outcome.resumedFrom ?? 0) : undefined;
  const placed = { placing, from: outcome.same, bytes };
  const found = { ...placed, path, size: outcome.size, digests: computed, source };
  return await register(world, models, request, found);
}

/** The BLAKE3 digest of what lies in a place; a file that was there before must be that of the source. */
async function digestOf(
  world: EnvironmentWorld,
  { index }: ModelWorld,
  placing: Placing,
  { path, source, digests }: Pick<ResolvedFile, "source" | "digests"> & { readonly path: string },
): Promise<string> {
  if (placing !== "present") return (await hashFile(path)).blake3;
  const { manifest } = await readEnvironmentState(world);
  const entry = Object.values(manifest.models).find(({ localPath }) =>
    localPath !== undefined && modelPath(world.models, localPath) === path
  );
  return (await confirmPresent(path, source, digests, { entry, index })).blake3;
}

/** Where the manifest has the same file already, unless another place is asked for; else where it belongs. */
async function place(
  world: EnvironmentWorld,
  request: AddRequest,
  { name, digests, folder }: {
    readonly name: string;
    readonly digests: Readonly<Record<string, string>>;
    readonly folder?: string;
  },
): Promise<string> {
  const asked = request.folder !== undefined || request.as !== undefined;
  const { manifest } = await readEnvironmentState(world);
  const known = asked ? undefined : knownTarget(world, manifest, digests);
  return known ?? await targetFor(world, request, name, folder);
}

interface Found extends Preview, Pick<NewModel, "size" | "digests" | "source"> {
  readonly path: string;
}

async function register(
  world: EnvironmentWorld,
  models: ModelWorld,
  { as, optional, meta, dryRun }: AddRequest,
  { path, placing, from, bytes, size, digests, source }: Found,
): Promise<AddReport> {
  const added: NewModel = {
    name: as ?? basename(path),
    path: relative(world.models, path).replaceAll("\\", "/"),
    size,
    digests,
    source,
    optional,
    meta,
  };
  // What is killed behind this knows its file again, and where it came from.
  if (!dryRun) {
    await notePlaced(world, models, [{ path, digests, sources: source ? [source] : [] }]);
  }
  const report = await changeModels(world, {
    command: "model add",
    decide: (state) => planAdd(state, added, world.environment.manifest),
    dryRun,
  });
  return { ...report, path, placing, from, bytes };
}
