import { compareVersions } from "../base/mod.ts";

/** Sorts versions newest first; a list that is in order already is handed back as it is. */
export function sortVersions(versions: readonly string[]): readonly string[] {
  for (let at = 1; at < versions.length; at++) {
    if (compareVersions(versions[at - 1]!, versions[at]!) > 0) {
      return versions.toSorted(compareVersions);
    }
  }
  return versions;
}
