import { formatBytes, type Outcome, type Style } from "../../../output/mod.ts";
import {
  changedSince,
  findAlikePictures,
  findDuplicates,
  thumbnailNames,
} from "../../../templates/checks/mod.ts";
import { ExitCode } from "../../../base/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot, repositoryGit } from "../access.ts";
import { readNamedFacts } from "./facts.ts";
import type { duplicatesOptions } from "./options.ts";

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
    /** Thumbnails among the files that changed since the revision that was named. */
    readonly changed: readonly string[];
  }[];
  /** Thumbnails of two templates that look alike, the nearest first; nothing unless it was asked for. */
  readonly similar:
    | readonly {
      readonly files: readonly string[];
      readonly templates: readonly string[];
      /** Bits of their hashes that differ. */
      readonly distance: number;
      readonly changed: readonly string[];
    }[]
    | null;
  /** Thumbnails that cannot be decoded. */
  readonly broken: readonly { readonly file: string; readonly why: string }[];
}

/** Finds files with the same content, across templates and packages, and thumbnails that look alike. */
export async function run(
  { options: { since, perceptual, distance, ...choice } }: InputOf<typeof duplicatesOptions>,
  context: CommandContext,
): Promise<Outcome<DuplicatesData>> {
  const top = await namedRoot(choice, context);
  const { facts, repository: { bundles: { bundleOf } } } = await readNamedFacts(choice, context, {
    pictures: perceptual,
    changed: since === undefined
      ? undefined
      : await changedSince(repositoryGit(context), top, since),
  });
  const thumbnails = thumbnailNames(facts);
  const changedOf = (names: readonly string[]) =>
    names.filter((name) => thumbnails.has(name) && facts.changed?.has(name));
  const groups = findDuplicates(facts).map(({ sha256, size, wasted, names, ids }) => ({
    sha256,
    size,
    wasted_bytes: wasted,
    files: names,
    templates: ids,
    bundles: [...new Set(ids.flatMap((id) => bundleOf.get(id) ?? []))],
    changed: changedOf(names),
  }));
  const similar = perceptual
    ? findAlikePictures(facts, distance).map(({ names, ids, distance: bits }) => ({
      ...{ files: names, templates: ids, distance: bits },
      changed: changedOf(names),
    }))
    : null;
  const broken = [...facts.pictures ?? []].flatMap(([file, picture]) =>
    picture.kind === "broken" ? [{ file, why: picture.why }] : []
  );
  const found = [...groups.filter(({ templates }) => templates.length > 1), ...similar ?? []];
  return {
    data: {
      wasted_bytes: groups.reduce((sum, group) => sum + group.wasted_bytes, 0),
      ...{ groups, similar, broken },
    },
    exit: found.some(({ changed }) => changed.length > 0) ? ExitCode.failed : ExitCode.ok,
  };
}

/** Each group with its files, then what looks alike. */
export function view(
  { groups, similar, broken, wasted_bytes }: DuplicatesData,
  style: Style,
): readonly string[] {
  const lines = [
    ...groups.map(({ files, wasted_bytes: bytes, changed }) =>
      `${style.yellow(formatBytes(bytes))} ${marked(files, changed, style)}`
    ),
    ...groups.length === 0 ? [] : [`${formatBytes(wasted_bytes)} could be saved`],
    ...(similar ?? []).map(({ files, distance, changed }) =>
      `${style.yellow("alike")} ${marked(files, changed, style)} ${
        style.dim(`${distance} of 128 bits differ`)
      }`
    ),
    ...broken.map(({ file, why }) => `${style.yellow("unseen")} ${file}: ${why}`),
  ];
  if (lines.length > 0) return lines;
  return [
    similar ? "No file is there twice, and no thumbnails look alike" : "No file is there twice",
  ];
}

function marked(files: readonly string[], changed: readonly string[], style: Style): string {
  return files.map((file) => changed.includes(file) ? style.red(`${file} (changed)`) : file)
    .join(", ");
}
