import type { Finding, Reading } from "../findings/mod.ts";
import {
  readJsonDocument,
  readRootObject,
  type RepositoryConfig,
  type RepositoryFiles,
} from "../repository/mod.ts";

/** What checks pass over. */
export interface Whitelist {
  /** Packs of the registry that need not be required. */
  readonly packs: ReadonlySet<string>;
  /** Templates whose packs are not looked at. */
  readonly templates: ReadonlySet<string>;
  /** Addresses that are not followed. */
  readonly addresses: ReadonlySet<string>;
  /** Classes whose models need no address. */
  readonly ignoredNodes: ReadonlySet<string>;
}

/** Reads `whitelist.json`; without the file nothing is passed over. */
export async function readWhitelist(
  files: RepositoryFiles,
  { whitelist: path }: RepositoryConfig,
): Promise<Reading<Whitelist>> {
  const { value: document, findings: problems } = await readJsonDocument(files, path);
  const findings: Finding[] = [...problems];
  const list = document && readRootObject(document, findings)?.below("whitelist");
  const value = {
    packs: new Set(["comfy-core", ...list?.texts("cnr_ids") ?? []]),
    templates: new Set(list?.texts("skip_templates")),
    addresses: new Set(list?.texts("skip_urls")),
    ignoredNodes: new Set([
      "Note",
      "MarkdownNote",
      ...list?.texts("model_check_ignore_node_types") ?? [],
    ]),
  };
  return { value, findings };
}
