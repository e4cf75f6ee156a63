// @ts-types="npm:@types/semver@7.7.1"
import semver from "semver";

type Numbers = readonly [major: number, minor: number, patch: number];

/** Decides between odd versions that are equal in their first three numbers, such as `1.2.3.4` and `1.2.3.10`. */
const NATURAL = new Intl.Collator("en", { numeric: true });

const PLAIN = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/;

/**
 * Compares two version numbers, the newer one first.
 *
 * Semantic versions order as https://semver.org says, also with a leading `v` or with parts missing; what has no
 * number in front comes last.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [plain(a), plain(b)];
  if (left && right) return right[0] - left[0] || right[1] - left[1] || right[2] - left[2];
  const [first, second] = [parse(a), parse(b)];
  if (first && second) return semver.rcompare(first, second) || NATURAL.compare(b, a);
  if (first || second) return first ? -1 : 1;
  return NATURAL.compare(b, a);
}

// Nearly all versions are three plain numbers; parsing each of them would dominate sorting.
function plain(version: string): Numbers | undefined {
  const match = PLAIN.exec(version);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

function parse(version: string): semver.SemVer | null {
  if (version.length > 256) return null;
  return semver.parse(version, { loose: true }) ??
    (/^v?\d/.test(version) ? semver.coerce(version, { includePrerelease: true }) : null);
}
