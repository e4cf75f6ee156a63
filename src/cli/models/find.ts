import { resolve } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import { modelErrors, openIndexIfAny, searchIndex } from "../../models/index/mod.ts";
import { searchKnown } from "../../models/known/mod.ts";
import { alignColumns, formatBytes, type Outcome, type Style } from "../../output/mod.ts";
import { workspaceLayout } from "../../workspace/layouts/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import {
  describe,
  type KnownModelData,
  type ModelData,
  toKnownData,
  toModelData,
} from "./model_data.ts";
import type { findOptions } from "./options.ts";

/** What `model find` tells. */
export interface ModelFindData {
  readonly query: string;
  /** Models that are here, the best first. */
  readonly here: readonly ModelData[];
  /** Models of the shipped list, the best first. */
  readonly known: readonly KnownModelData[];
  /** Whether more models are here that fit. */
  readonly more: boolean;
}

/** Searches the index and the shipped list; exit code 4 when nothing fits. */
export async function run(
  { options: { limit }, args }: InputOf<typeof findOptions>,
  context: CommandContext,
): Promise<Outcome<ModelFindData>> {
  const query = args.join(" ");
  // The list is there without any workspace, too.
  using index = await openIndexIfAny(workspaceLayout(resolve(context.options.workspace)));
  const { models, more } = index ? searchIndex(index, query, limit) : { models: [], more: false };
  const known = await searchKnown(query, limit);
  if (models.length + known.length === 0) {
    throw new ComfydockError(modelErrors.MODEL_NOT_FOUND, `Cannot find a model for "${query}"`, {
      hint: index
        ? "Try fewer or other words, or run comfydock model scan if it lies here"
        : "Run comfydock model scan, so that what lies here is found",
      details: { query },
    });
  }
  const withPlaces = known.map((model) => toKnownData(model, index?.byName(model.name) ?? []));
  return { data: { query, here: models.map(toModelData), known: withPlaces, more } };
}

/** A line for each model: what is here first, then what is known and where it can be had. */
export function view({ here, known, more }: ModelFindData, style: Style): string[] {
  return [
    ...alignColumns(here.map((model) => [
      model.unsafe ? style.yellow("unsafe") : style.green("here"),
      style.bold(model.name),
      formatBytes(model.size),
      describe(model),
      style.dim(model.locations[0]?.path ?? "nowhere any more"),
    ])),
    ...(more ? [style.dim("More are here; --limit shows them")] : []),
    ...alignColumns(
      known.map((model) => [
        model.here.length > 0 ? style.green("here") : style.dim("known"),
        style.bold(model.name),
        model.size === undefined ? "" : formatBytes(model.size),
        [model.folder, model.base ?? ""].filter((text) => text !== "").join(" "),
        style.dim(model.here[0] ?? model.urls[0] ?? ""),
      ]),
    ),
  ];
}
