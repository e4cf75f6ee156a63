import type { Finding, Reading } from "../findings/mod.ts";
import type { ManifestEntry, TemplateManifest, TemplateRepository } from "../types.ts";
import { type JsonDocument, readJsonDocument } from "./json_document.ts";
import { type ObjectReader, readRootObject } from "./shapes.ts";

/** Path of the manifest, below the root; nothing where there is no core package and none is configured. */
export function manifestPath(
  { config, corePackage }: Pick<TemplateRepository, "config" | "corePackage">,
): string | undefined {
  return config.manifest ?? (corePackage && `${corePackage.moduleDirectory}/manifest.json`);
}

/** Reads the manifest; nothing where there is no such file. */
export async function readManifestFile(
  repository: Pick<TemplateRepository, "files" | "config" | "corePackage">,
): Promise<Reading<TemplateManifest | undefined>> {
  const path = manifestPath(repository);
  if (path === undefined) return { value: undefined, findings: [] };
  const { value: document, findings } = await readJsonDocument(repository.files, path);
  if (!document) return { value: undefined, findings };
  const read = readManifest(document);
  return { value: read.value, findings: [...findings, ...read.findings] };
}

/** Reads the manifest as far as its shape allows. */
export function readManifest(document: JsonDocument): Reading<TemplateManifest> {
  const findings: Finding[] = [];
  const root = readRootObject(document, findings);
  const value = {
    document,
    bundles: Object.keys(root?.below("bundles")?.raw ?? {}),
    templates: root?.objects("templates").map(readEntry) ?? [],
  };
  return { value, findings };
}

function readEntry(reader: ObjectReader): ManifestEntry {
  return {
    id: reader.required("id"),
    bundle: reader.required("bundle"),
    version: reader.text("version") ?? "",
    assets: reader.objects("assets").map((asset) => ({
      filename: asset.required("filename"),
      sha256: asset.required("sha256").toLowerCase(),
      bundle: asset.text("bundle"),
    })),
    cdnPath: reader.below("cdn")?.text("path"),
    at: reader.at,
  };
}
