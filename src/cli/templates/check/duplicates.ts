import { formatBytes, type Outcome, type Style } from "../../../output/mod.ts";
import { findDuplicates } from "../../../templates/checks/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { readNamedFacts } from "./facts.ts";
import type { contentOptions } from "./options.ts";

/** What `templates duplicates` tells. */
export interface DuplicatesData {
  /** Bytes that one file instead of each group would save. */
  readonly wasted_bytes: number;
  /** Those that waste most come first. */
  readonly groups: readonly {
    readonly sha256: string;
    readonly size: number;
    readonly wasted_bytes: number;
    readonly files: readonly string[];
    readonly templates: readonly string[];
    readonly bundles: readonly string[];
  }[];
}

/** Finds files with the same content, across templates and packages. */
export async function run(
  { options }: InputOf<typeof contentOptions>,
  context: CommandContext,
): Promise<Outcome<DuplicatesData>> {
  const { facts, repository: { bundles: { bundleOf } } } = await readNamedFacts(options, context);
  const groups = findDuplicates(facts).map(({ sha256, size, wasted, names, ids }) => ({
    sha256,
    size,
    wasted_bytes: wasted,
    files: names,
    templates: ids,
    bundles: [...new Set(ids.flatMap((id) => bundleOf.get(id) ?? []))],
  }));
  const wasted = groups.reduce((sum, group) => sum + group.wasted_bytes, 0);
  return { data: { wasted_bytes: wasted, groups } };
}

/** Each group with its files. */
export function view({ groups, wasted_bytes }: DuplicatesData, style: Style): readonly string[] {
  if (groups.length === 0) return ["No file is there twice"];
  return [
    ...groups.map(({ files, wasted_bytes: bytes }) =>
      `${style.yellow(formatBytes(bytes))} ${files.join(", ")}`
    ),
    `${formatBytes(wasted_bytes)} could be saved`,
  ];
}
