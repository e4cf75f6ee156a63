import { ComfydockError, exists } from "../../base/mod.ts";
import {
  digestsOf,
  findSingle,
  type IndexedModel,
  knownByName,
  lookupAmong,
  modelErrors,
  type ModelIndex,
  type ModelUse,
  openIndexIfAny,
  readModelUses,
} from "../../models/mod.ts";
import { formatBytes, formatCount, type Outcome, type Style } from "../../output/mod.ts";
import type { ManifestModel } from "../../pyproject/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
import { type EntryData, toEntryData } from "./manifest/entry_data.ts";
import { type KnownModelData, type ModelData, toKnownData, toModelData } from "./model_data.ts";

/** What `model info` tells. */
export interface ModelInfoData {
  /** Absent when it is not here. */
  readonly model?: ModelData;
  /** Models of the shipped list with its name. */
  readonly known: readonly KnownModelData[];
  /** The environments that name it. */
  readonly used_by: readonly UseData[];
}

/** An entry of a manifest. */
export interface UseData {
  readonly environment: string;
  readonly key: string;
  readonly entry: EntryData;
}

/** Tells all that is known about one model; exit code 4 when nothing is. */
export async function run(
  { args }: CommandInput,
  context: CommandContext,
): Promise<Outcome<ModelInfoData>> {
  const id = args[0]!;
  const { layout } = await openNamedWorkspace(context);
  using index = await openIndexIfAny(layout);
  const direct = index && findSingle(index, id);
  const { uses, problems } = await readModelUses(layout);
  for (const { code, message } of problems) context.warn(code, message);
  const named = direct ? [] : uses.filter(({ model }) => isNamed(model, id));
  const found = direct ?? (index && named.map((use) => hereOf(index, use)).find((each) => each));
  const known = await knownByName(found?.name ?? named[0]?.model.name ?? id);
  if (!found && known.length === 0 && named.length === 0) throw await notFound(id);
  const lookup = lookupAmong(found ? [found] : []);
  return {
    data: {
      model: found && toModelData(found),
      known: known.map((model) => toKnownData(model, index?.byName(model.name) ?? [])),
      used_by: uses.filter((use) => named.includes(use) || lookup.find(use.model).length > 0)
        .map(({ environment, model }) => ({
          environment,
          key: model.key,
          entry: toEntryData(model),
        })),
    },
  };
}

/** Whether a manifest calls a model so: by its key, its name, or its path. */
function isNamed({ key, name, localPath }: ManifestModel, id: string): boolean {
  const wanted = id.toLowerCase();
  const path = localPath?.replace(/^models\//, "");
  const names = [key, name, localPath, path, path?.split("/").at(-1)];
  return names.some((text) => text?.toLowerCase() === wanted);
}

/** The model that a manifest means, if it is here. */
function hereOf(index: ModelIndex, { model }: ModelUse): IndexedModel | undefined {
  const found = Object.values(digestsOf(model)).flatMap((digest) => index.byHash(digest));
  return lookupAmong(found).find(model)[0];
}

async function notFound(id: string): Promise<ComfydockError> {
  const isThere = await exists(id);
  return new ComfydockError(modelErrors.MODEL_NOT_FOUND, `Cannot find the model "${id}"`, {
    hint: isThere
      ? `Run comfydock model scan, which takes the file into the index`
      : `Run comfydock model find, with a word of its name`,
    details: { id },
  });
}

/** One fact a line. */
export function view({ model, known, used_by }: ModelInfoData, style: Style): string[] {
  const fact = (name: string, value: string | undefined) =>
    value === undefined || value === "" ? [] : [`  ${style.dim(name.padEnd(12))} ${value}`];
  const wanted = ({ size, hash, sha256, local_path, sources }: EntryData) => [
    ...fact("size", size === null ? undefined : formatBytes(size)),
    ...fact("digest", hash ?? (sha256 === null ? undefined : `sha256:${sha256}`)),
    ...fact("wanted at", local_path ?? undefined),
    ...sources.flatMap((source) => fact("source", source)),
  ];
  const here = model
    ? [
      style.bold(model.name),
      ...fact("size", formatBytes(model.size)),
      ...fact("blake3", model.blake3),
      ...fact("sha256", model.sha256),
      ...fact("format", [model.format, model.architecture, model.dtype].filter(Boolean).join(" ")),
      ...fact("parameters", model.parameters === undefined ? "" : formatCount(model.parameters)),
      ...fact("trained on", model.trained_tags?.slice(0, 10).join(", ")),
      ...fact("training", model.training_hash),
      ...fact("unsafe", model.unsafe && style.yellow(model.unsafe.join(", "))),
      ...model.locations.flatMap(({ path }) => fact("at", path)),
      ...model.sources.flatMap(({ url }) => fact("source", url)),
    ]
    : [style.dim("It is not here"), ...used_by.slice(0, 1).flatMap(({ entry }) => wanted(entry))];
  return [
    ...here,
    ...used_by.flatMap(({ environment, key, entry }) =>
      fact("used by", `${environment} as ${key}, ${entry.criticality}`)
    ),
    ...known.flatMap(({ folder, base, urls }) => [
      ...fact("known as", [folder, base].filter(Boolean).join(" ")),
      ...urls.flatMap((url) => fact("from", url)),
    ]),
  ];
}
