interface VersionKey {
  /** Major, minor and patch; absent for a text that has no number in front. */
  readonly numbers?: readonly string[];
  /** The parts of a pre-release; empty for a release. */
  readonly prerelease: readonly string[];
  /** The whole text cut into numbers and what stands between them. */
  readonly parts: readonly string[];
}

const VERSION =
  /^\s*[vV=]*\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-?([A-Za-z-][0-9A-Za-z.-]*|(?<=-)[0-9A-Za-z.-]+))?/;
const MAX_LENGTH = 256;
const KNOWN_LIMIT = 20_000;
const known = new Map<string, VersionKey>();

/**
 * Compares two versions so that the newest sorts first.
 *
 * Semantic versions order as https://semver.org says. Odd ones (`v1.2`, `1.2.3.4`, `2024.08.01`, `1.0rc1`) are read
 * by their first three numbers, with the whole text, numbers by value, deciding ties; texts without a number in
 * front come last.
 */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  return compareKeys(keyOf(b), keyOf(a)) || (a < b ? 1 : -1);
}

function compareKeys(a: VersionKey, b: VersionKey): number {
  if (!a.numbers || !b.numbers) {
    if (a.numbers || b.numbers) return a.numbers ? 1 : -1;
    return compareLists(a.parts, b.parts, byValueOrText);
  }
  return compareLists(a.numbers, b.numbers, byNumber) ||
    comparePrereleases(a.prerelease, b.prerelease) ||
    compareLists(a.parts, b.parts, byValueOrText);
}

function keyOf(version: string): VersionKey {
  let key = known.get(version);
  if (!key) {
    if (known.size >= KNOWN_LIMIT) known.clear();
    key = parseKey(version.slice(0, MAX_LENGTH));
    known.set(version, key);
  }
  return key;
}

function parseKey(version: string): VersionKey {
  const parts = version.match(/\d+|\D+/g) ?? [];
  const found = VERSION.exec(version);
  if (!found) return { prerelease: [], parts };
  const [, major, minor, patch, prerelease] = found;
  return {
    numbers: [major!, minor ?? "0", patch ?? "0"],
    prerelease: prerelease?.split(".") ?? [],
    parts,
  };
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  return compareLists(a, b, (left, right) => {
    const leftIsNumber = /^\d+$/.test(left);
    const rightIsNumber = /^\d+$/.test(right);
    if (leftIsNumber !== rightIsNumber) return leftIsNumber ? -1 : 1;
    return leftIsNumber ? byNumber(left, right) : byText(left, right);
  });
}

function compareLists(
  a: readonly string[],
  b: readonly string[],
  compare: (a: string, b: string) => number,
): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = compare(a[at]!, b[at]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function byValueOrText(a: string, b: string): number {
  const digits = /^\d/;
  return digits.test(a) && digits.test(b) ? byNumber(a, b) : byText(a, b);
}

/** Compares digits of any length by value. */
function byNumber(a: string, b: string): number {
  const left = a.replace(/^0+/, "");
  const right = b.replace(/^0+/, "");
  return left.length - right.length || byText(left, right);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
