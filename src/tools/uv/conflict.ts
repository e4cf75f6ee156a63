/** Something that wants a package. */
export interface Demand {
  /** `your project`, `project:group`, or a package such as `jsonschema==4.0.0`. */
  readonly subject: string;
  /** Such as `attrs>=17.4.0`. */
  readonly requirement: string;
}

/** What uv says in the sentences that begin with "Because". */
export interface Resolution {
  /** Those sentences, in one line. */
  readonly reasons: string;
  readonly demands: readonly Demand[];
  /** Requirements for which no version exists. */
  readonly noVersions: readonly string[];
  /** Packages that no index has. */
  readonly notFound: readonly string[];
  /** Which versions there are of a package, such as `base<=2.0`, where none of them will do. */
  readonly available: readonly string[];
  /** What a package asks of Python, and what the project has where uv says so. */
  readonly python?: { readonly subject: string; readonly theirs: string; readonly ours?: string };
  /** Packages that exist, but not for this platform or Python. */
  readonly noWheels: readonly string[];
}

const NAME = String.raw`[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?`;
const MARKER = String.raw`(?:\{[^}]*\})?`;
const SPECIFIER = String.raw`(?:(?:[<>=!~]=?|===)[^\s,]+(?:,(?:[<>=!~]=?|===)[^\s,]+)*)`;
const PACKAGE = String.raw`${NAME}(?::${NAME})?(?:\[[^\]]*\])?${MARKER}${SPECIFIER}?`;
const PINNED = String.raw`${NAME}(?:\[[^\]]*\])?${MARKER}${SPECIFIER}`;
const ROOT = "your project|your workspace";

const DEMAND = new RegExp(
  String
    .raw`(${ROOT}|${PACKAGE}) depends? on (${PACKAGE})(?: and (${PINNED})(?=[\s,]|$)(?! (?:depends?|was|can|is|has|are)\b))?`,
  "g",
);
const NO_VERSION = new RegExp(String.raw`there (?:is|are) no versions? of (${PACKAGE})`, "g");
const NOT_FOUND = new RegExp(String.raw`(${PACKAGE}) was not found in`, "g");
const NO_WHEELS = new RegExp(
  String.raw`(${PACKAGE}) has no (?:usable )?wheels|(${PACKAGE}) has no wheels? with`,
  "g",
);
// What follows from the demands is none itself.
const CONCLUSION = new RegExp(
  String.raw`we can conclude that (?:${ROOT}|${NAME}:${NAME}) depends? on \S+`,
  "g",
);
const AVAILABLE = new RegExp(String.raw`only (${PACKAGE}) is available`, "g");
const OUR_PYTHON =
  /the (?:requested|current) Python version \(([^)]+)\) does not satisfy Python([^\s,]+)/;
const PYTHON_WANTED = new RegExp(
  String.raw`(${PACKAGE}) (?:depends? on Python|requires? Python )([<>=!~][^\s]*[^\s,])`,
);

/**
 * Puts the lines of an explanation, which uv may draw as a tree and wrap, into one line without decoration.
 *
 * @param stderr Everything that uv wrote.
 */
export function flatten(stderr: string): string {
  return stderr.split("\n")
    .map((line) => line.replace(/^\s*[×╰├│─▶]+[─▶]*\s?/u, "").trim())
    .map((line) => line.replace(/^(?:cause|Caused by|error): /, ""))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * Reads why uv found no solution.
 *
 * @param text From {@linkcode flatten}.
 */
export function parseResolution(text: string): Resolution {
  const start = text.search(/\bBecause\b/);
  const hint = text.indexOf(" hint:", start);
  const sentences = start < 0 ? "" : text.slice(start, hint < 0 ? undefined : hint);
  const reasons = sentences.replace(CONCLUSION, "");
  const demands: Demand[] = [];
  for (const [, subject = "", first = "", second] of reasons.matchAll(DEMAND)) {
    if (/^Python\b/.test(first)) continue;
    demands.push({ subject, requirement: withoutDot(first) });
    if (second === undefined) continue;
    // Two ranges of one package are a requirement and a constraint; two packages are wanted alike.
    const alike = packageName(second) !== packageName(first);
    demands.push({ subject: alike ? subject : "", requirement: withoutDot(second) });
  }
  const wanted = PYTHON_WANTED.exec(reasons);
  return {
    reasons: sentences,
    demands,
    noVersions: captured(reasons, NO_VERSION),
    notFound: captured(reasons, NOT_FOUND),
    noWheels: captured(reasons, NO_WHEELS),
    available: captured(reasons, AVAILABLE),
    ...(wanted && {
      python: {
        subject: wanted[1]!,
        theirs: withoutDot(wanted[2]!),
        ours: OUR_PYTHON.exec(reasons)?.[1],
      },
    }),
  };
}

function captured(text: string, pattern: RegExp): readonly string[] {
  const found = [...text.matchAll(pattern)].map((match) =>
    withoutDot(match.slice(1).find((group) => group !== undefined) ?? "")
  );
  return [...new Set(found)];
}

// The sentence's own full stop.
function withoutDot(text: string): string {
  return text.replace(/\.$/, "");
}

/** One side of a conflict: who wants what, and by way of which packages. */
export interface ConflictSide {
  /** `your project`, `project:group`, or empty for a constraint of the project. */
  readonly root: string;
  /** From what the root asks for to the package that asks for the requirement; empty when the root asks itself. */
  readonly via: readonly string[];
  readonly requirement: string;
}

/**
 * Finds the package on which the demands part, and who stands behind each demand.
 *
 * @returns At least two sides, or none when the demands do not tell.
 */
export function findSides(demands: readonly Demand[]): readonly ConflictSide[] {
  const bounded = demands.filter(({ requirement }) => /[<>=~]/.test(requirement));
  const byPackage = Map.groupBy(bounded, ({ requirement }) => packageName(requirement));
  for (const [, rivals] of byPackage) {
    const distinct = [
      ...new Map(rivals.map((r) => [`${r.subject}\0${r.requirement}`, r])).values(),
    ];
    if (new Set(distinct.map(({ requirement }) => requirement)).size < 2) continue;
    // Demands that only bound a version from below never exclude each other.
    if (!distinct.some(({ requirement }) => /[<~]|==/.test(requirement))) continue;
    return distinct.map((demand) => traceSide(demand, demands));
  }
  return [];
}

/** A requirement without the marker that uv writes in braces behind a name. */
export function withoutMarker(requirement: string): string {
  return requirement.replace(/\{[^}]*\}/, "");
}

/** Follows a demand back to what the project asks for. */
export function traceSide(demand: Demand, demands: readonly Demand[]): ConflictSide {
  const via: string[] = [];
  let root = demand.subject;
  while (!isRoot(root) && via.length < demands.length) {
    via.unshift(root);
    const name = packageName(root);
    const parent = demands.find((other) =>
      packageName(other.requirement) === name && !via.includes(other.subject)
    );
    if (!parent) break;
    root = parent.subject;
  }
  return { root: isRoot(root) ? root : "", via, requirement: demand.requirement };
}

// The project, one of its groups, or a constraint.
function isRoot(subject: string): boolean {
  return subject === "" || subject.startsWith("your ") || /^[^=<>~![{]+:/.test(subject);
}

/** The normalised name in a requirement (packaging.python.org, "Name normalization"). */
export function packageName(requirement: string): string {
  return (/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement)
    .toLowerCase().replace(/[-_.]+/g, "-");
}
