import { ComfydockError } from "../../base/mod.ts";
import { nodeGroupName, normalizePackageName } from "../../pyproject/mod.ts";
import { type ConflictParty, toolErrors } from "../../tools/mod.ts";
import type { FitConflict, FitPack, FitSide } from "./types.ts";

const REFUSALS: ReadonlySet<string> = new Set([
  toolErrors.PACKAGE_CONFLICT.code,
  toolErrors.PACKAGE_NOT_FOUND.code,
  toolErrors.PACKAGE_NO_WHEEL.code,
  toolErrors.PACKAGE_BUILD_FAILED.code,
  toolErrors.PYTHON_CONFLICT.code,
]);

/**
 * Reads a failed resolution as a conflict of node packs; lines and files come from what the packs say.
 *
 * @param error What the resolver threw.
 * @param packs The packs that took part.
 * @returns `undefined` for a failure that says nothing about requirements.
 */
export function toConflict(error: unknown, packs: readonly FitPack[]): FitConflict | undefined {
  if (!(error instanceof ComfydockError) || !REFUSALS.has(error.code)) return undefined;
  const sides = straighten(partiesOf(error).map((party) => toSide(party, packs)));
  const named = sides.flatMap(({ pack }) => pack === undefined ? [] : [pack]);
  const { code } = error;
  const message = sides.length > 1
    ? `Cannot fit the requirements together: ${tellSides(sides)}`
    : `${error.message}${tellPlace(sides[0])}`;
  return { code, message, sides, packs: [...new Set(named)] };
}

/** Tells who wants what, and where they say so. */
export function tellSides(sides: readonly FitSide[]): string {
  return sides.map((side) => {
    const chain = [...side.via, side.requirement].map(plain).join(", which wants ");
    return `${side.title} wants ${chain}${tellPlace(side)}`;
  }).join(", but ");
}

/** Where a side says what it wants; empty when that is not known. */
export function tellPlace(side: FitSide | undefined): string {
  if (side?.asked === undefined || side.file === undefined) return "";
  const where = side.file === "registry"
    ? "in the registry's list"
    : `in ${side.line === undefined ? "" : `line ${side.line} of `}its ${side.file}`;
  return ` ("${side.asked}" ${where})`;
}

// uv puts the marker behind the name.
function plain(requirement: string): string {
  return requirement.replace(/\{[^}]*\}/g, "");
}

function partiesOf({ details }: ComfydockError): readonly ConflictParty[] {
  const { sides, party } = details;
  const list = Array.isArray(sides) ? sides : [party];
  return list.filter(isParty);
}

function isParty(value: unknown): value is ConflictParty {
  return typeof value === "object" && value !== null && "title" in value && "via" in value &&
    "requirement" in value;
}

function toSide(party: ConflictParty, packs: readonly FitPack[]): FitSide {
  const { title, file, group, via, requirement } = party;
  const pack = packs.find(({ id }) =>
    group !== undefined && normalizePackageName(nodeGroupName(id)) === normalizePackageName(group)
  );
  if (!pack) return { title, file, via, requirement };
  const found = findAsked(pack, via[0] ?? requirement);
  return {
    title: `node pack ${pack.name}`,
    pack: pack.id,
    via,
    requirement,
    ...(found && { asked: found.requirement, file: found.file, line: found.line }),
  };
}

// uv names a requirement and a constraint on the same package in one breath, in either order.
function straighten(sides: readonly FitSide[]): readonly FitSide[] {
  const [constraint, ...others] = sides.filter(({ pack }) => pack === undefined);
  if (!constraint || others.length > 0) return sides;
  const swapped = sides.find(({ pack, via, asked = "" }) =>
    pack !== undefined && via.length === 0 && bare(asked) === bare(constraint.requirement)
  );
  if (!swapped || bare(swapped.requirement) === bare(constraint.requirement)) return sides;
  return sides.map((side) => {
    if (side === swapped) return { ...side, requirement: constraint.requirement };
    return side === constraint ? { ...side, requirement: swapped.requirement } : side;
  });
}

// Of several lines for one package, the one that says what uv says.
function findAsked({ requirements }: FitPack, wanted: string) {
  const name = leadingName(wanted);
  const same = requirements.filter(({ requirement }) => leadingName(requirement) === name);
  return same.find(({ requirement }) => bare(requirement) === bare(wanted)) ?? same[0];
}

function bare(requirement: string): string {
  return plain(requirement).replace(/\s+/g, "").replace(/;.*$/, "");
}

/** The normalised name that a requirement begins with, in whichever form uv writes it. */
export function leadingName(requirement: string): string {
  return normalizePackageName(/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement);
}
