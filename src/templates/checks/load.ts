import { type Finding, finding } from "../findings/mod.ts";
import { placeIn } from "../repository/mod.ts";
import type { ManifestAsset, ManifestEntry } from "../types.ts";
import type { CheckFacts } from "./types.ts";

/** Where a file of the manifest must stand once it is packaged; nothing where its bundle has no package. */
export function packagedPath(
  { packages, bundles, jsonPackage }: CheckFacts["repository"],
  { bundle }: Pick<ManifestEntry, "bundle">,
  { filename, bundle: own }: Pick<ManifestAsset, "filename" | "bundle">,
): string | undefined {
  const named = bundles.list.find(({ name }) => name === (own ?? bundle))?.package;
  const owner = filename.endsWith(".json") && jsonPackage
    ? jsonPackage
    : packages.find(({ id }) => id === named);
  return owner && `${owner.moduleDirectory}/templates/${filename}`;
}

/** Checks whether the loader would find every file of the manifest in the packages, as it does for users. */
export function checkLoad({ manifest, repository, copies }: CheckFacts): readonly Finding[] {
  return (manifest?.templates ?? []).flatMap((entry) =>
    entry.assets.flatMap((asset, at) => {
      const place = () => placeIn(manifest!.document, [...entry.at, "assets", at, "filename"]);
      const path = packagedPath(repository, entry, asset);
      if (path === undefined) {
        const bundle = asset.bundle ?? entry.bundle;
        return [
          finding(
            "E_NOT_LOADABLE",
            place(),
            `No package belongs to bundle "${bundle}" of "${entry.id}"`,
            {
              hint: "Correct the bundle in bundles.json, and run `comfydock templates sync`",
            },
          ),
        ];
      }
      const copy = copies.get(path);
      // Index files are packaged without what packages do not ship, so that their digests differ.
      const fits = copy && (copy.sha256 === asset.sha256 || entry.id.startsWith("index"));
      return fits ? [] : [
        finding(
          "E_NOT_LOADABLE",
          place(),
          copy ? `"${path}" is not what the manifest says` : `There is no ${path}`,
          { details: { id: entry.id, path } },
        ),
      ];
    })
  );
}
