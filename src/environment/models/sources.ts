import { ComfydockError, isKind } from "../../base/mod.ts";
import { downloadErrors } from "../../http/mod.ts";
import {
  findByHash,
  isSameSource,
  modelErrors,
  parseSource,
  resolveWritten,
  sourceLabel,
  type SourceWorld,
} from "../../models/mod.ts";
import {
  editManifest,
  type ManifestModel,
  type ModelSource,
  setModel,
} from "../../pyproject/mod.ts";
import { readEnvironmentState } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { changeModels, type ModelChangeReport, type ModelDecision } from "./change.ts";
import { expectedDigests, findEntry } from "./entries.ts";
import { withModelWorld } from "./world.ts";

/** What becomes of the sources of a model. */
export interface SourceDecision extends ModelDecision {
  readonly key: string;
  /** In the order in which they are tried. */
  readonly sources: readonly ModelSource[];
}

/** A source of a model of the manifest. */
export interface SourceRequest {
  /** The model, by key, name, file name or digest. */
  readonly name: string;
  /** As people write it; for `remove` its number in the list as well. */
  readonly source: string;
  readonly dryRun: boolean;
}

/** Decides how a model gets one more source. */
export function planSourceAdd(
  { manifest, manifestText }: Pick<EnvironmentState, "manifest" | "manifestText">,
  { name, source }: { readonly name: string; readonly source: ModelSource },
  path: string,
): SourceDecision {
  const model = findEntry(manifest, name);
  const known = model.sources.some((each) => isSameSource(each, source));
  const sources = known ? model.sources : [...model.sources, source];
  return decision({ manifestText, model, sources, path, verb: "Add" });
}

/**
 * Decides how a model loses a source.
 *
 * @param label What names it: as it is listed, or its number from 1.
 * @throws `MODEL_SOURCE_NOT_LISTED`
 */
export function planSourceRemove(
  { manifest, manifestText }: Pick<EnvironmentState, "manifest" | "manifestText">,
  { name, label, source }: {
    readonly name: string;
    readonly label: string;
    readonly source?: ModelSource;
  },
  path: string,
): SourceDecision {
  const model = findEntry(manifest, name);
  const gone = model.sources.find((each, at) =>
    String(at + 1) === label || sourceLabel(each) === label ||
    (source !== undefined && isSameSource(each, source))
  );
  if (gone === undefined) throw notListed(model, label);
  const sources = model.sources.filter((each) => each !== gone);
  return decision({ manifestText, model, sources, path, verb: "Remove" });
}

function decision({ manifestText, model, sources, path, verb }: {
  readonly manifestText: string;
  readonly model: ManifestModel;
  readonly sources: readonly ModelSource[];
  readonly path: string;
  readonly verb: string;
}): SourceDecision {
  const same = sources.length === model.sources.length;
  return {
    manifestText: same
      ? manifestText
      : editManifest(manifestText, [setModel({ ...model, sources })], path),
    message: `${verb} source of model ${model.key}`,
    key: model.key,
    sources,
  };
}

function notListed({ key, sources }: ManifestModel, label: string): ComfydockError {
  const known = sources.map((source, at) => `${at + 1} ${sourceLabel(source)}`);
  return new ComfydockError(
    modelErrors.MODEL_SOURCE_NOT_LISTED,
    `Cannot find the source ${JSON.stringify(label.slice(0, 200))} of model ${key}`,
    {
      hint: known.length === 0 ? `${key} has no source` : `There are: ${known.join(", ")}`,
      details: { key },
    },
  );
}

/**
 * Gives a model of the manifest one more source, after asking whether it has the same file.
 *
 * A source that cannot be asked now is taken with a warning. `civitai` alone has CivitAI asked for its digest.
 *
 * @throws `DOWNLOAD_DIGEST_WRONG` when it has another file, `MODEL_SOURCE_INVALID`, `MODEL_SOURCE_MISSING`,
 * `MODEL_NOT_LISTED`
 */
export async function addModelSource(
  world: EnvironmentWorld,
  { name, source: text, dryRun }: SourceRequest,
): Promise<ModelChangeReport<SourceDecision>> {
  const model = findEntry((await readEnvironmentState(world)).manifest, name);
  const source = await withModelWorld(world, async ({ downloads }) => {
    if (/^civitai:?$/i.test(text.trim())) return await findAtCivitai(downloads.sources, model);
    const written = parseSource(text, downloads.sources.hosts);
    const digests = expectedDigests(model);
    try {
      const resolved = await resolveWritten(downloads.sources, written, { digests });
      refuseOther(model, digests, resolved);
      return resolved.source;
    } catch (error) {
      const final = [
        modelErrors.MODEL_SOURCE_INVALID,
        modelErrors.MODEL_SOURCE_MISSING,
        modelErrors.MODEL_SOURCE_UNCLEAR,
        downloadErrors.DOWNLOAD_DIGEST_WRONG,
      ].some((kind) => isKind(error, kind));
      if (final || !(error instanceof ComfydockError) || written.kind !== "source") throw error;
      const message = `Not asked whether it has the same file: ${error.message}`;
      world.report.emit({ kind: "warned", code: error.code, message });
      return written.source;
    }
  });
  return await changeModels(world, {
    command: "model source add",
    dryRun,
    decide: (state) =>
      planSourceAdd(state, { name: model.key, source }, world.environment.manifest),
  });
}

async function findAtCivitai(sources: SourceWorld, model: ManifestModel): Promise<ModelSource> {
  const { sha256, blake3 } = expectedDigests(model);
  const digest = sha256 ?? blake3;
  const found = digest === undefined ? undefined : await findByHash(sources, digest);
  if (found) return { type: "civitai", modelId: found.modelId, versionId: found.id };
  const why = digest === undefined ? "its digest is not known" : `nothing has the digest ${digest}`;
  throw new ComfydockError(
    modelErrors.MODEL_SOURCE_MISSING,
    `Cannot find the model ${model.key} at CivitAI: ${why}`,
    { hint: "Name the source, such as civitai:VERSION or a URL", details: { key: model.key } },
  );
}

function refuseOther(
  { key }: ManifestModel,
  expected: Readonly<Record<string, string>>,
  { digests, source }: {
    readonly digests: Readonly<Record<string, string>>;
    readonly source: ModelSource;
  },
): void {
  for (const [algorithm, published] of Object.entries(digests)) {
    const wanted = expected[algorithm];
    if (wanted === undefined || wanted === published) continue;
    throw new ComfydockError(
      downloadErrors.DOWNLOAD_DIGEST_WRONG,
      `Cannot add ${
        sourceLabel(source)
      } to ${key}: its ${algorithm} is ${published}, expected ${wanted}`,
      { hint: "It is another file; register it with comfydock model add", details: { key } },
    );
  }
}

/**
 * Takes a source from a model of the manifest.
 *
 * @throws `MODEL_SOURCE_NOT_LISTED`, `MODEL_NOT_LISTED`
 */
export async function removeModelSource(
  world: EnvironmentWorld,
  { name, source: label, dryRun }: SourceRequest,
): Promise<ModelChangeReport<SourceDecision>> {
  const source = await withModelWorld(world, ({ downloads }) => {
    const written = /^\d+$/.test(label) ? undefined : parseSource(label, downloads.sources.hosts);
    return Promise.resolve(written?.kind === "source" ? written.source : undefined);
  });
  return await changeModels(world, {
    command: "model source remove",
    dryRun,
    decide: (state) => planSourceRemove(state, { name, label, source }, world.environment.manifest),
  });
}
