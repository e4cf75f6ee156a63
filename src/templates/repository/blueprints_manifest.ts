import type { JsonPath } from "../../workflows/json/mod.ts";
import type { Reading } from "../findings/mod.ts";
import type { TemplateRepository } from "../types.ts";
import { type JsonDocument, readJsonDocument } from "./json_document.ts";
import { manifestPath } from "./manifest.ts";
import { isInnerPath } from "./inner_path.ts";
import { isRecord } from "./shapes.ts";

/** The manifest of blueprints, which stands beside that of templates. */
export interface BlueprintsManifest {
  readonly document: JsonDocument;
  /** The files that it names, below the directory of blueprints. */
  readonly assets: readonly BlueprintAsset[];
}

/** A file with its digest. */
export interface BlueprintAsset {
  readonly filename: string;
  readonly sha256: string;
  /** Where it stands in the document. */
  readonly at: JsonPath;
}

const MAX_DEPTH = 16;

/**
 * Reads the manifest of blueprints; nothing where there is none.
 *
 * Files with digests are looked for wherever they stand, as its entries have no shape that all releases share.
 */
export async function readBlueprintsManifest(
  repository: TemplateRepository,
): Promise<Reading<BlueprintsManifest | undefined>> {
  const beside = manifestPath(repository);
  if (beside === undefined) return { value: undefined, findings: [] };
  const path = beside.replace(/[^/]+$/, "blueprints_manifest.json");
  const { value: document, findings } = await readJsonDocument(repository.files, path);
  return {
    value: document && { document, assets: assetsIn(document.value, []) },
    findings,
  };
}

function assetsIn(value: unknown, at: JsonPath): readonly BlueprintAsset[] {
  if (at.length > MAX_DEPTH || typeof value !== "object" || value === null) return [];
  if (isRecord(value)) {
    const { filename, sha256 } = value;
    if (typeof filename === "string" && typeof sha256 === "string") {
      return isInnerPath(filename) ? [{ filename, sha256, at }] : [];
    }
    return Object.entries(value).flatMap(([key, one]) => assetsIn(one, [...at, key]));
  }
  return Array.isArray(value) ? value.flatMap((one, index) => assetsIn(one, [...at, index])) : [];
}
