import { readAsset, readAssetText } from "../../base/mod.ts";
import {
  type ClassRecord,
  type NodeRecord,
  toCorpusClass,
  toCorpusPackage,
  toCorpusVersion,
  type VersionRecord,
} from "./records.ts";
import type { Corpus, CorpusPackage } from "./types.ts";

/** `data/sample/registry.json`: packages whose versions name the list of classes that they have. */
interface SampleFile {
  readonly packages: readonly SamplePackage[];
}

interface SamplePackage {
  readonly node: NodeRecord;
  readonly class_lists: Readonly<Record<string, readonly ClassRecord[]>>;
  /** Newest first. */
  readonly versions: readonly {
    readonly record: VersionRecord;
    /** A name from `class_lists`; absent when the registry has not read the classes. */
    readonly classes?: string;
    /** Lists show an empty `downloadUrl`. */
    readonly hide_url?: boolean;
  }[];
}

/** Reads the embedded sample: a dozen made-up packages. */
export async function loadSampleCorpus(): Promise<Corpus> {
  const file: SampleFile = JSON.parse(await readAssetText("data/sample/registry.json"));
  return { packages: file.packages.map(toPackage) };
}

/** Reads the embedded sample of ComfyUI-Manager's data, file name → content. */
export async function loadSampleManagerFiles(): Promise<
  ReadonlyMap<string, Uint8Array<ArrayBuffer>>
> {
  const names = ["custom-node-list.json", "extension-node-map.json", "github-stats.json"];
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await readAsset(`data/sample/manager/${name}`)] as const),
    ),
  );
}

function toPackage({ node, class_lists, versions }: SamplePackage): CorpusPackage {
  const lists = new Map(
    Object.entries(class_lists).map(([name, records]) => [name, records.map(toCorpusClass)]),
  );
  return toCorpusPackage(
    node,
    versions.map(({ record, classes, hide_url }) =>
      toCorpusVersion(record, lists.get(classes ?? "") ?? [], { hideUrl: hide_url })
    ),
  );
}
