import { compareCodePoints } from "../../base/mod.ts";
import { type Finding, finding } from "../findings/mod.ts";
import { findAlike, type PictureHash, USUAL_DISTANCE } from "../pictures/mod.ts";
import { ownerOfFile } from "../repository/mod.ts";
import type { Bundles } from "../types.ts";
import type { CheckFacts } from "./types.ts";

const SHOWN = 4;

/** Files with the same content. */
export interface DuplicateFiles {
  readonly sha256: string;
  readonly size: number;
  /** Below the directory of templates, sorted. */
  readonly names: readonly string[];
  /** The ids of the templates that they belong to, sorted. */
  readonly ids: readonly string[];
  /** Bytes that would be saved if there was one file. */
  readonly wasted: number;
}

/** Finds files with the same content, those first that waste most. */
export function findDuplicates(
  { files, repository: { bundles }, workflows }: Pick<
    CheckFacts,
    "files" | "repository" | "workflows"
  >,
): readonly DuplicateFiles[] {
  const groups = Map.groupBy(files, ([, { sha256 }]) => sha256);
  const ids = templateIds(bundles, workflows);
  return [...groups.values()].flatMap((group): DuplicateFiles[] => {
    const [[, { sha256, size }]] = group as [typeof group[0]];
    if (group.length < 2 || size === 0) return [];
    const names = group.map(([name]) => name).sort(compareCodePoints);
    const owners = new Set(names.map((name) => ownerOfFile(name, ids)?.id ?? name));
    return [{
      ...{ sha256, size, names },
      ids: [...owners].sort(compareCodePoints),
      wasted: size * (group.length - 1),
    }];
  }).sort((left, right) =>
    right.wasted - left.wasted || compareCodePoints(left.names[0]!, right.names[0]!)
  );
}

function templateIds(
  { bundleOf }: Bundles,
  workflows: CheckFacts["workflows"],
): { has(id: string): boolean } {
  return { has: (id) => bundleOf.has(id) || workflows.has(id) };
}

/** Thumbnails of two templates that look alike. */
export interface AlikePictures {
  /** Below the directory of templates, sorted. */
  readonly names: readonly [string, string];
  /** The ids of their templates, in the order of the names. */
  readonly ids: readonly [string, string];
  /** How many bits of their hashes differ; 0 for what cannot be told apart. */
  readonly distance: number;
}

/** What is needed to know whose pictures are alike. */
export type PictureFacts = Pick<CheckFacts, "files" | "repository" | "workflows" | "pictures">;

/** The numbered pictures of templates, by their names below the directory of templates. */
export function thumbnailNames(
  { files, repository: { bundles }, workflows }: Omit<PictureFacts, "pictures">,
): ReadonlyMap<string, string> {
  const ids = templateIds(bundles, workflows);
  return new Map(
    [...files.keys()].flatMap((name): [string, string][] => {
      const owner = name.includes("/") ? undefined : ownerOfFile(name, ids);
      return owner?.number === undefined ? [] : [[name, owner.id]];
    }),
  );
}

/**
 * Finds thumbnails of different templates that look alike and are not the same file, those first that are nearest.
 *
 * @param most How many bits of their hashes may differ.
 */
export function findAlikePictures(
  facts: PictureFacts,
  most: number = USUAL_DISTANCE,
): readonly AlikePictures[] {
  const { files, pictures = new Map<string, PictureHash>() } = facts;
  const owners = thumbnailNames(facts);
  const hashes = new Map(
    [...pictures].flatMap(([name, one]): [string, string][] =>
      one.kind === "hash" && owners.has(name) ? [[name, one.hash]] : []
    ).sort(([left], [right]) => compareCodePoints(left, right)),
  );
  return findAlike(hashes, most).flatMap(({ names, distance }): AlikePictures[] => {
    const [left, right] = names;
    const ids = [owners.get(left) ?? left, owners.get(right) ?? right] as const;
    const same = files.get(left)?.sha256 === files.get(right)?.sha256;
    return same || ids[0] === ids[1] ? [] : [{ names, ids, distance }];
  }).sort((left, right) =>
    left.distance - right.distance || compareCodePoints(left.names[0], right.names[0])
  );
}

/**
 * Checks whether templates show the same pictures: equal files always, alike ones where pictures were looked at.
 *
 * Where it is known what changed, a thumbnail that changed is an error, and one that was there before a warning.
 */
export function checkDuplicates(facts: CheckFacts): readonly Finding[] {
  return [...equalFiles(facts), ...alikePictures(facts), ...brokenPictures(facts)];
}

function equalFiles(facts: CheckFacts): readonly Finding[] {
  const thumbnails = thumbnailNames(facts);
  return findDuplicates(facts).filter(({ ids }) => ids.length > 1).map(({ names, wasted, ids }) => {
    const changed = names.find((name) => thumbnails.has(name) && facts.changed?.has(name));
    return finding(
      changed === undefined ? "W_DUPLICATE_FILE" : "E_DUPLICATE_THUMBNAIL",
      { file: `${facts.repository.config.templatesDir}/${changed ?? names[0]}` },
      `${names.slice(0, SHOWN).map((name) => `"${name}"`).join(", ")} have the same content`,
      {
        ...names[0]!.endsWith(".json") && { hint: "Archive one of the templates" },
        details: { files: names, ids, wasted },
      },
    );
  });
}

/** One finding for each picture, whatever the number of those that it looks like. */
function alikePictures(facts: CheckFacts): readonly Finding[] {
  const changedOf = ({ names }: AlikePictures) => names.find((name) => facts.changed?.has(name));
  const groups = Map.groupBy(findAlikePictures(facts), (pair) => changedOf(pair) ?? pair.names[0]);
  return [...groups].map(([name, pairs]) => {
    const others = pairs.flatMap(({ names }) => names).filter((other) => other !== name);
    const more = others.length > SHOWN ? ` and ${others.length - SHOWN} more` : "";
    return finding(
      facts.changed?.has(name) ? "E_SIMILAR_THUMBNAIL" : "W_SIMILAR_THUMBNAIL",
      { file: `${facts.repository.config.templatesDir}/${name}` },
      `"${name}" looks like ${
        others.slice(0, SHOWN).map((other) => `"${other}"`).join(", ")
      }${more}`,
      {
        details: {
          files: [name, ...others],
          ids: [...new Set(pairs.flatMap(({ ids }) => ids))],
          distance: Math.min(...pairs.map(({ distance }) => distance)),
        },
      },
    );
  });
}

function brokenPictures({ pictures, repository }: CheckFacts): readonly Finding[] {
  return [...pictures ?? []].flatMap(([name, picture]) =>
    picture.kind === "broken"
      ? [
        finding(
          "W_BROKEN_PICTURE",
          { file: `${repository.config.templatesDir}/${name}` },
          `"${name}" cannot be looked at: ${picture.why}`,
        ),
      ]
      : []
  );
}
