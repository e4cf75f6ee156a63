import { compareCodePoints } from "../../base/mod.ts";
import type { CheckFacts } from "../checks/mod.ts";
import { type Finding, finding } from "../findings/mod.ts";
import { isInnerPath } from "../repository/mod.ts";

/** A file as a content delivery network gets it. */
export interface CdnFile {
  readonly template: string;
  /** Where it goes, below the network's root; the digest in it lets it be kept forever. */
  readonly path: string;
  /** Below the root of the repository. */
  readonly source: string;
  /** In bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** Everything that goes to a content delivery network. */
export interface CdnManifest {
  readonly files: readonly CdnFile[];
  readonly bytes: number;
  /** Files that the manifest names and that are missing, or are not what it says. */
  readonly findings: readonly Finding[];
}

/** Lists where each file of each template goes: the address of the manifest, and the name of the file. */
export function cdnManifest(
  { repository: { config }, manifest, manifestPath, files }: CheckFacts,
): CdnManifest {
  const findings: Finding[] = [];
  const list: CdnFile[] = [];
  for (const { id, bundle, cdnPath, assets, at } of manifest?.templates ?? []) {
    const base = (cdnPath ?? `${bundle}/${id}/`).replace(/^\/+|\/*$/g, "");
    const stale = (what: string) => {
      const place = { file: manifestPath ?? "manifest.json", path: at };
      findings.push(finding("E_MANIFEST_STALE", place, what));
    };
    if (!isInnerPath(base)) {
      stale(`The address "${base}" of "${id}" leads out of the network's root`);
      continue;
    }
    for (const { filename, sha256 } of assets) {
      const facts = files.get(filename);
      if (!facts || facts.sha256 !== sha256) {
        const why = facts ? "is not what the manifest says" : "is missing";
        stale(`"${filename}" of "${id}" ${why}`);
        continue;
      }
      list.push({
        template: id,
        path: `${base}/${filename}`,
        source: `${config.templatesDir}/${filename}`,
        size: facts.size,
        sha256,
      });
    }
  }
  list.sort((left, right) => compareCodePoints(left.path, right.path));
  return { files: list, bytes: list.reduce((sum, { size }) => sum + size, 0), findings };
}
