import { type Finding, finding } from "../findings/mod.ts";
import { ownerOfFile, placeIn } from "../repository/mod.ts";
import type { WantedEntry } from "../sync/mod.ts";
import type { ManifestEntry, TemplateManifest } from "../types.ts";
import type { CheckFacts } from "./types.ts";

/** Checks the manifest against bundles and files; nothing is written anew. */
export function checkManifest(facts: CheckFacts): readonly Finding[] {
  const { manifest, manifestPath, wanted } = facts;
  if (manifestPath === undefined) return [];
  if (!manifest) {
    const unreadable = facts.findings.some(({ file }) => file === manifestPath);
    return unreadable
      ? []
      : [finding("E_MANIFEST_ABSENT", { file: manifestPath }, "There is no manifest")];
  }
  const goal = new Map(wanted.map((entry) => [entry.id, entry]));
  const present = new Set(manifest.templates.map(({ id }) => id));
  return [
    ...wanted.filter(({ id }) => !present.has(id)).map(({ id, assets }) =>
      finding(
        "E_MANIFEST_MISSING",
        placeIn(manifest.document, ["templates"]),
        `The manifest lacks the template "${id}"`,
        { details: { id, files: assets.map(({ filename }) => filename) } },
      )
    ),
    ...manifest.templates.flatMap((entry) => {
      const known = goal.get(entry.id);
      if (known) return checkEntry(facts, manifest, entry, known);
      const place = placeIn(manifest.document, [...entry.at, "id"]);
      return [
        finding("E_MANIFEST_EXTRA", place, `Packages do not ship the template "${entry.id}"`, {
          details: { id: entry.id },
        }),
      ];
    }),
  ];
}

function checkEntry(
  { repository: { bundles: { bundleOf } } }: CheckFacts,
  { document }: TemplateManifest,
  { id, bundle, assets, at }: ManifestEntry,
  wanted: WantedEntry,
): readonly Finding[] {
  const goal = new Map(wanted.assets.map((asset) => [asset.filename, asset]));
  const named = new Set(assets.map(({ filename }) => filename));
  const found = wanted.assets.filter(({ filename }) => !named.has(filename)).map(({ filename }) =>
    finding(
      "E_MANIFEST_MISSING",
      placeIn(document, [...at, "assets"]),
      `The manifest lacks "${filename}" of template "${id}"`,
      { details: { id, files: [filename] } },
    )
  );
  if (bundle !== wanted.bundle) {
    found.push(
      finding(
        "E_MANIFEST_BUNDLE",
        placeIn(document, [...at, "bundle"]),
        `The manifest has "${id}" in bundle "${bundle}", and it is in "${wanted.bundle}"`,
        { details: { id, expected: wanted.bundle, actual: bundle } },
      ),
    );
  }
  for (const [index, { filename, sha256 }] of assets.entries()) {
    const place = (field: string) => placeIn(document, [...at, "assets", index, field]);
    const known = goal.get(filename);
    if (known && known.sha256 === sha256) continue;
    if (known) {
      found.push(
        finding(
          "E_MANIFEST_STALE",
          place("sha256"),
          `"${filename}" has changed since the manifest was made`,
          {
            details: { id, expected: known.sha256, actual: sha256 },
          },
        ),
      );
      continue;
    }
    const owner = ownerOfFile(filename, bundleOf)?.id;
    found.push(
      owner !== undefined && owner !== id
        ? finding(
          "E_WRONG_OWNER",
          place("filename"),
          `The manifest gives "${filename}" to "${id}", and it belongs to "${owner}"`,
          { details: { id, owner } },
        )
        : finding(
          "E_MANIFEST_EXTRA",
          place("filename"),
          `There is no "${filename}", which the manifest gives to "${id}"`,
          { details: { id, files: [filename] } },
        ),
    );
  }
  return found;
}
