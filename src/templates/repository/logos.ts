import type { Finding, Reading } from "../findings/mod.ts";
import type { RepositoryConfig } from "./config.ts";
import type { RepositoryFiles } from "./files.ts";
import { type JsonDocument, readJsonDocument } from "./json_document.ts";
import { readRootObject } from "./shapes.ts";

/** Logo files by provider. */
export interface LogoFiles {
  readonly document?: JsonDocument;
  /** Below the directory of templates, such as `logo/google.png`. */
  readonly byProvider: ReadonlyMap<string, string>;
}

/** Reads `index_logo.json`; without the file there are no logos. */
export async function readLogos(
  files: RepositoryFiles,
  { logos }: RepositoryConfig,
): Promise<Reading<LogoFiles>> {
  const { value: document, findings: problems } = await readJsonDocument(files, logos);
  const findings: Finding[] = [...problems];
  const root = document && readRootObject(document, findings);
  const byProvider = new Map<string, string>();
  for (const provider of Object.keys(root?.raw ?? {})) {
    const path = root?.text(provider);
    if (path !== undefined) byProvider.set(provider, path);
  }
  return { value: { document, byProvider }, findings };
}
