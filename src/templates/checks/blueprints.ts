import { type Finding, finding } from "../findings/mod.ts";
import { placeIn } from "../repository/mod.ts";
import type { CheckFacts } from "./types.ts";

/** Checks the manifest of blueprints, where there is one, against their files. */
export function checkBlueprints(
  { blueprintsManifest: manifest, blueprintFiles, repository: { config } }: CheckFacts,
): readonly Finding[] {
  // One without any file is of a shape that cannot be told from an empty one.
  if (!manifest || manifest.assets.length === 0) return [];
  const { document, assets } = manifest;
  const named = new Set(assets.map(({ filename }) => filename));
  return [
    ...assets.flatMap(({ filename, sha256, at }) => {
      const actual = blueprintFiles.get(filename)?.sha256;
      const path = `${config.blueprintsDir}/${filename}`;
      if (actual === sha256) return [];
      return [
        actual === undefined
          ? finding(
            "E_MANIFEST_EXTRA",
            placeIn(document, [...at, "filename"]),
            `There is no "${path}", which the manifest of blueprints names`,
            { hint: HINT },
          )
          : finding(
            "E_MANIFEST_STALE",
            placeIn(document, [...at, "sha256"]),
            `"${path}" has changed since the manifest of blueprints was made`,
            { details: { expected: actual, actual: sha256 } },
          ),
      ];
    }),
    ...[...blueprintFiles.keys()]
      .filter((name) => name.endsWith(".json") && !named.has(name)).map((name) =>
        finding(
          "E_MANIFEST_MISSING",
          { file: document.path },
          `The manifest of blueprints lacks "${config.blueprintsDir}/${name}"`,
          { hint: HINT },
        )
      ),
  ];
}

/** A sync corrects digests; entries have a shape that only the repository's own script knows. */
const HINT = "Make it anew with the script of the repository that writes it";
