import { resolve } from "node:path";
import { ComfydockError, exists } from "../../base/mod.ts";
import {
  type IndexedModel,
  knownByName,
  lookupAmong,
  modelErrors,
  openIndexIfAny,
  readModelUses,
} from "../../models/mod.ts";
import { formatBytes, formatCount, type Outcome, type Style } from "../../output/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
import { type KnownModelData, type ModelData, toKnownData, toModelData } from "./model_data.ts";

/** What `model info` tells. */
export interface ModelInfoData {
  /** Absent when it is not here. */
  readonly model?: ModelData;
  /** Models of the shipped list with its name. */
  readonly known: readonly KnownModelData[];
  /** The environments that name it. */
  readonly used_by: readonly { readonly environment: string; readonly key: string }[];
}

/** Tells all that is known about one model; exit code 4 when nothing is. */
export async function run(
  { args }: CommandInput,
  context: CommandContext,
): Promise<Outcome<ModelInfoData>> {
  const id = args[0]!;
  const { layout } = await openNamedWorkspace(context);
  using index = await openIndexIfAny(layout);
  const found = index ? findOne(index.find(id), index.byPath(resolve(id)), id) : undefined;
  const known = await knownByName(found?.name ?? id);
  if (!found && known.length === 0) throw await notFound(id);
  const { uses } = await readModelUses(layout);
  const lookup = lookupAmong(found ? [found] : []);
  return {
    data: {
      model: found && toModelData(found),
      known: known.map((model) => toKnownData(model, index?.byName(model.name) ?? [])),
      used_by: uses.filter(({ model }) => lookup.find(model).length > 0)
        .map(({ environment, model }) => ({ environment, key: model.key })),
    },
  };
}

function findOne(
  named: readonly IndexedModel[],
  atPath: readonly IndexedModel[],
  id: string,
): IndexedModel | undefined {
  const found = named.length > 0 ? named : atPath;
  if (found.length < 2) return found[0];
  throw new ComfydockError(
    modelErrors.MODEL_AMBIGUOUS,
    `Cannot tell which model "${id}" is: ${found.length} fit`,
    {
      hint: `Name one by its digest: ${
        found.slice(0, 5).map(({ blake3, name }) => `${blake3.slice(0, 12)} (${name})`).join(", ")
      }`,
      details: { id, models: found.map(({ blake3, name }) => ({ blake3, name })) },
    },
  );
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
    : [style.dim("It is not here")];
  return [
    ...here,
    ...used_by.flatMap(({ environment, key }) => fact("used by", `${environment} as ${key}`)),
    ...known.flatMap(({ folder, base, urls }) => [
      ...fact("known as", [folder, base].filter(Boolean).join(" ")),
      ...urls.flatMap((url) => fact("from", url)),
    ]),
  ];
}
