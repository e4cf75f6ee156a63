import { normalizePackageName } from "../../pyproject/mod.ts";
import { canonicalVersion } from "../versions/mod.ts";

/** The beginning of the names of a distribution's files: `demo_media_api-0.3.6`. */
export function distributionStem(name: string, version: string): string {
  return `${normalizePackageName(name).replaceAll("-", "_")}-${canonicalVersion(version)}`;
}

/** Name of the wheel of a distribution without compiled parts (PEP 427). */
export function wheelFileName(name: string, version: string): string {
  return `${distributionStem(name, version)}-py3-none-any.whl`;
}

/** Name of the source distribution (PEP 625). */
export function sdistFileName(name: string, version: string): string {
  return `${distributionStem(name, version)}.tar.gz`;
}
