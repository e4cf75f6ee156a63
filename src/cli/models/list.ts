import { ComfydockError, counted } from "../../base/mod.ts";
import {
  digestsOf,
  type IndexedModel,
  locateUses,
  locationPath,
  lookupAmong,
  type ModelUse,
  openIndexIfAny,
  readModelUses,
} from "../../models/mod.ts";
import { alignColumns, formatBytes, type Outcome, type Style } from "../../output/mod.ts";
import { findEnvironment, type WorkspaceLayout } from "../../workspace/reading/mod.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
import type { listOptions } from "./options.ts";

/** Which models `model list` lists. */
export type ListScope = "environment" | "all" | "duplicates" | "missing" | "unused";

/** A model in a list. */
export interface ListedModel {
  readonly name: string;
  /** In hex. */
  readonly blake3?: string;
  /** In bytes. */
  readonly size?: number;
  /** Where it is; empty when it is not here. */
  readonly paths: readonly string[];
  /** The environments that name it. */
  readonly environments: readonly string[];
  readonly criticality?: "required" | "optional";
  /** What loading it would import, beyond what is known as harmless. */
  readonly unsafe?: readonly string[];
  /** How many places it can be had from are known. */
  readonly sources: number;
}

/** What `model list` tells. */
export interface ModelListData {
  readonly scope: ListScope;
  readonly environment?: string;
  readonly models: readonly ListedModel[];
  /** In bytes, each model once. */
  readonly bytes: number;
  /** Bytes that further copies take; hard links do not count twice. */
  readonly wasted: number;
}

/** Lists models of the environment, or all that are here, or those with something to do about. */
export async function run(
  { options }: InputOf<typeof listOptions>,
  context: CommandContext,
): Promise<Outcome<ModelListData>> {
  const scope = scopeOf(options);
  const workspace = await openNamedWorkspace(context);
  const environment = scope === "environment"
    ? (await findEnvironment(workspace, context.options.env)).name
    : undefined;
  const { uses, here } = await gather(workspace.layout, environment, context);
  const asked = scope === "environment" || scope === "missing";
  const models = asked ? listUses(scope, uses, here) : listHere(scope, uses, here);
  return {
    data: {
      scope,
      environment,
      models: models.map(({ data }) => data),
      bytes: models.reduce((sum, { data }) => sum + (data.size ?? 0), 0),
      wasted: models.reduce((sum, { model }) => sum + (model ? wastedBy(model) : 0), 0),
    },
  };
}

function scopeOf(options: InputOf<typeof listOptions>["options"]): ListScope {
  const chosen = (["all", "duplicates", "missing", "unused"] as const)
    .filter((name) => options[name]);
  // All duplicates are those of all environments anyhow.
  const [first, second] = chosen.length > 1 ? chosen.filter((name) => name !== "all") : chosen;
  if (second === undefined) return first ?? "environment";
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot list models by --${first} and --${second} at once`,
    { hint: `Run comfydock model list --${first}` },
  );
}

async function gather(
  layout: WorkspaceLayout,
  environment: string | undefined,
  context: CommandContext,
): Promise<{ readonly uses: readonly ModelUse[]; readonly here: readonly IndexedModel[] }> {
  using index = await openIndexIfAny(layout);
  if (!index) {
    context.warn("MODEL_INDEX_MISSING", "Nothing has been scanned yet: run comfydock model scan");
  }
  const { uses, problems } = await readModelUses(layout, environment);
  for (const { code, message } of problems) context.warn(code, message);
  const here = (index?.models() ?? []).filter(({ locations }) => locations.length > 0);
  return { uses, here };
}

interface Listed {
  readonly data: ListedModel;
  readonly model?: IndexedModel;
}

/** What manifests name. */
function listUses(
  scope: "environment" | "missing",
  uses: readonly ModelUse[],
  here: readonly IndexedModel[],
): readonly Listed[] {
  const wanted = locateUses(uses, here);
  if (scope === "environment") return wanted.map(({ use, models }) => fromUse([use], models[0]));
  const missing = wanted.filter(({ models }) => models.length === 0).map(({ use }) => use);
  return [...Map.groupBy(missing, identityOf).values()].map((group) => fromUse(group));
}

function listHere(
  scope: "all" | "duplicates" | "unused",
  uses: readonly ModelUse[],
  here: readonly IndexedModel[],
): readonly Listed[] {
  const lookup = lookupAmong(here);
  const wanted = uses.map((use) => ({ use, models: lookup.find(use.model) }));
  const users = new Map<number, string[]>();
  for (const { use, models } of wanted) {
    for (const { id } of models) users.set(id, [...users.get(id) ?? [], use.environment]);
  }
  const chosen = here.filter((model) =>
    scope === "all" || (scope === "unused" ? !users.has(model.id) : wastedBy(model) > 0)
  );
  const order = (one: IndexedModel, other: IndexedModel) => wastedBy(other) - wastedBy(one);
  const sorted = scope === "duplicates" ? [...chosen].sort(order) : chosen;
  return sorted.map((model) => ({ data: fromIndex(model, users.get(model.id) ?? []), model }));
}

/** Several environments name the same model by its digest, or, where there is none, by its name. */
function identityOf({ model }: ModelUse): string {
  return Object.values(digestsOf(model))[0] ?? model.name;
}

function fromUse(group: readonly ModelUse[], found?: IndexedModel): Listed {
  const { name, size, sources } = group[0]!.model;
  const isRequired = group.some(({ model }) => model.criticality === "required");
  return {
    model: found,
    data: {
      name,
      blake3: found?.blake3 ?? digestsOf(group[0]!.model).blake3,
      size: found?.size ?? size,
      paths: found?.locations.map(locationPath) ?? [],
      environments: [...new Set(group.map(({ environment }) => environment))],
      criticality: isRequired ? "required" : "optional",
      unsafe: found && unsafeOf(found),
      sources: sources.length,
    },
  };
}

function unsafeOf({ format: { unsafe = [] } }: IndexedModel): readonly string[] | undefined {
  return unsafe.length > 0 ? unsafe : undefined;
}

function fromIndex(model: IndexedModel, environments: readonly string[]): ListedModel {
  return {
    name: model.name,
    blake3: model.blake3,
    size: model.size,
    paths: model.locations.map(locationPath),
    environments: [...new Set(environments)],
    unsafe: unsafeOf(model),
    sources: model.sources.length,
  };
}

/** Bytes that could be had back: every inode but one. */
function wastedBy({ locations, size }: IndexedModel): number {
  const inodes = new Set(locations.map(({ inode }, at) => inode ?? `#${at}`));
  return (inodes.size - 1) * size;
}

/** A line for each model; further places of duplicates below. */
export function view(data: ModelListData, style: Style): string[] {
  const { scope, models, bytes, wasted } = data;
  const lines = alignColumns(models.map((model) => [
    model.paths.length === 0
      ? style.yellow("missing")
      : model.unsafe
      ? style.yellow("unsafe")
      : style.green("here"),
    model.name,
    model.size === undefined ? "" : formatBytes(model.size),
    style.dim(model.blake3?.slice(0, 12) ?? ""),
    model.environments.join(", "),
    style.dim(model.paths[0] ?? countSources(model.sources)),
  ]));
  const withPlaces = models.flatMap(({ paths }, at) => [
    lines[at]!,
    ...(scope === "duplicates" ? paths.slice(1).map((path) => style.dim(`  also ${path}`)) : []),
  ]);
  const count = counted(models.length, "model");
  const total = `${count}, ${formatBytes(bytes)}`;
  if (scope !== "duplicates") return [...withPlaces, total];
  return [
    ...withPlaces,
    wasted > 0
      ? `${total}; comfydock model dedupe gives ${formatBytes(wasted)} back`
      : "Nothing is here twice",
  ];
}

function countSources(count: number): string {
  return count === 0 ? "no source" : count === 1 ? "1 source" : `${count} sources`;
}
