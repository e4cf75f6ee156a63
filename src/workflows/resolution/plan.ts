import { baseName } from "../dependencies/mod.ts";
import type { JsonEdit } from "../json/mod.ts";
import { placeBelow } from "./paths.ts";
import type { LocalModel, ModelOffer, ResolvedModel } from "./model_types.ts";
import type { ResolvedNode } from "./node_types.ts";

/** What has to be done so that a workflow runs. */
export interface ResolutionPlan {
  /** Packs to install: references as `node add` takes them, with the classes that they are for. */
  readonly install: readonly { readonly reference: string; readonly classes: readonly string[] }[];
  /** Packs to enable, by their ids in the manifest. */
  readonly enable: readonly string[];
  /** Models to fetch. */
  readonly download: readonly {
    readonly name: string;
    readonly folder: string;
    readonly offers: readonly ModelOffer[];
  }[];
  /** Files that need a second place, in the folder that the loader looks into. */
  readonly link: readonly {
    readonly file: LocalModel;
    readonly folder: string;
    readonly name: string;
  }[];
  /** Widgets that name their file otherwise from now on. */
  readonly rewrite: readonly JsonEdit[];
  /** What nothing settles. */
  readonly open: {
    readonly classes: readonly ResolvedNode[];
    readonly models: readonly ResolvedModel[];
  };
}

/** Decides what resolved classes and models come to. */
export function planResolution(
  nodes: readonly ResolvedNode[],
  models: readonly ResolvedModel[],
): ResolutionPlan {
  const wanted = nodes.filter(({ outcome }) => outcome === "available");
  const byReference = Map.groupBy(wanted, referenceOf);
  const downloads = models.filter(({ outcome }) => outcome === "downloadable");
  const misplaced = models.filter(({ outcome }) => outcome === "misplaced");
  return {
    install: [...byReference].map(([reference, members]) => ({
      reference,
      classes: unique(members.map(({ need }) => need.type)),
    })),
    enable: unique(
      nodes.filter(({ outcome }) => outcome === "disabled")
        .flatMap(({ chosen }) => chosen?.installed ?? []),
    ),
    download: once(downloads, ({ offers: [offer] }) => `${offer!.folder}/${offer!.name}`)
      .map(({ offers }) => ({ name: offers[0]!.name, folder: offers[0]!.folder, offers })),
    link: once(misplaced, ({ file, reference }) => `${reference.folders[0]}/${file!.path}`)
      .map(({ file, reference }) => ({
        file: file!,
        folder: reference.folders[0]!,
        name: placeBelow(reference.value),
      })),
    rewrite: models.flatMap(rewriteOf),
    open: {
      classes: nodes.filter(({ outcome }) => /^(ambiguous|unknown|newer_comfyui)$/.test(outcome)),
      models: models.filter(({ outcome }) => outcome === "ambiguous" || outcome === "unknown"),
    },
  };
}

/** The widget names its file anew, and so does what the editor saved beside it, which is found by the name. */
function rewriteOf({ outcome, value, reference }: ResolvedModel): readonly JsonEdit[] {
  const { path, embedded } = reference;
  if (outcome !== "moved" || value === undefined || !path) return [];
  const name = baseName(value);
  const renamed = embedded && embedded.name !== name
    ? [{ path: [...embedded.path, "name"], value: name }]
    : [];
  return [{ path, value }, ...renamed];
}

function referenceOf({ chosen }: ResolvedNode): string {
  const { packageId, repository, version } = chosen!;
  if (packageId === undefined) return repository ?? "";
  // What only ComfyUI-Manager knows has no versions to name.
  const named = packageId.startsWith("manager_") ? repository ?? packageId : packageId;
  return version === undefined || named !== packageId ? named : `${packageId}@${version}`;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

function once<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
