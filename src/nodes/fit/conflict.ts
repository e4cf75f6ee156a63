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
  const sides = partiesOf(error).map((party) => toSide(party, packs));
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

function tellPlace(side: FitSide | undefined): string {
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

// Of several lines for one package, the one that says what uv says.
function findAsked({ requirements }: FitPack, wanted: string) {
  const name = leadingName(wanted);
  const same = requirements.filter(({ requirement }) => leadingName(requirement) === name);
  const exact = plain(wanted).replace(/\s+/g, "");
  return same.find(({ requirement }) =>
    requirement.replace(/\s+/g, "").replace(/;.*$/, "") === exact
  ) ?? same[0];
}

/** The normalised name that a requirement begins with, in whichever form uv writes it. */
export function leadingName(requirement: string): string {
  return normalizePackageName(/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? requirement);
}
