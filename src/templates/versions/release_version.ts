// https://packaging.python.org/en/latest/specifications/version-specifiers/, as far as releases of templates go.
const VERSION =
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:[-_.]?(alpha|beta|preview|pre|a|b|c|rc)[-_.]?(\d{0,8}))?$/i;

const LABELS: Readonly<Record<string, string>> = {
  alpha: "a",
  beta: "b",
  preview: "rc",
  pre: "rc",
  c: "rc",
};

/** A version of three numbers, and what makes it a pre-release. */
export interface ReleaseVersion {
  readonly numbers: readonly [number, number, number];
  /** Such as `rc1`. */
  readonly pre?: string;
}

/** Which number of a version is raised. */
export type VersionLevel = "patch" | "minor" | "major";

/** Reads `1.2.3` or a pre-release such as `1.2.3rc1` and `1.2.3-rc.1`; nothing for any other text. */
export function parseReleaseVersion(text: string): ReleaseVersion | undefined {
  const [, major, minor, patch, label, number] = VERSION.exec(text) ?? [];
  if (major === undefined) return undefined;
  const numbers = [Number(major), Number(minor), Number(patch)] as const;
  if (label === undefined) return { numbers };
  const short = LABELS[label.toLowerCase()] ?? label.toLowerCase();
  return { numbers, pre: `${short}${Number(number || 0)}` };
}

/** The label of a pre-release as versions carry it, such as `rc1` for `rc.1`; nothing for a text that is none. */
export function parsePreLabel(text: string): string | undefined {
  return /^\d/.test(text) ? undefined : parseReleaseVersion(`0.0.0${text}`)?.pre;
}

/** A version as Python packages carry it (PEP 440), such as `0.6.0rc1` for `0.6.0-rc.1`; other texts stay. */
export function canonicalVersion(text: string): string {
  const version = parseReleaseVersion(text);
  return version ? printVersion(version) : text;
}

/**
 * The next version.
 *
 * @param pre Makes it a pre-release, such as `rc1`.
 * @returns Of a pre-release, the release that it leads to.
 */
export function raiseVersion(
  { numbers: [major, minor, patch], pre: present }: ReleaseVersion,
  level: VersionLevel,
  pre?: string,
): string {
  if (present !== undefined && level === "patch") {
    return printVersion({ numbers: [major, minor, patch], pre });
  }
  const next = {
    patch: [major, minor, patch + 1],
    minor: [major, minor + 1, 0],
    major: [major + 1, 0, 0],
  } as const;
  return printVersion({ numbers: next[level], pre });
}

function printVersion({ numbers, pre = "" }: ReleaseVersion): string {
  return numbers.join(".") + pre;
}
