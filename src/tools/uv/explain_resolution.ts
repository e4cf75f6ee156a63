import { toolErrors } from "../errors.ts";
import {
  type ConflictSide,
  findSides,
  packageName,
  type Resolution,
  traceSide,
  withoutMarker,
} from "./conflict.ts";
import type { UvExplanation } from "./explanation.ts";

/** The people's name of a dependency group, and the file that its requirements come from. */
export interface GroupOwner {
  readonly title: string;
  readonly file?: string;
  /** Who else asks for single packages of the group: by normalised name, or by requirement (`name<2`, no blanks) alone. */
  readonly packages?: ReadonlyMap<string, Pick<GroupOwner, "title" | "file">>;
}

/** Owners by name of the dependency group; the empty name stands for the project's own dependencies. */
export type GroupOwners = ReadonlyMap<string, GroupOwner>;

/** Characters of uv's own words that are told where nothing better is known. */
const MOST_WORDS = 400;

/** One party of a conflict, as programs get it. */
export interface ConflictParty extends Pick<GroupOwner, "title" | "file"> {
  /** The dependency group; absent for the project's own requirements and constraints. */
  readonly group?: string;
  /** From what the party asks for to the package that asks for the requirement. */
  readonly via: readonly string[];
  readonly requirement: string;
}

/**
 * Tells why no solution was found: which party wants what, and which of them exclude each other.
 *
 * @param resolution What uv said.
 * @param owners Whose dependency group is whose.
 */
export function explainResolution(resolution: Resolution, owners: GroupOwners): UvExplanation {
  const { reasons, notFound, noVersions, noWheels, available, python, demands } = resolution;
  const sides = unlike(findSides(demands).map((side) => toParty(side, owners)));
  if (sides.length > 1) return explainConflict(sides);
  const wanting = (name: string) => {
    const demand = demands.find((one) => packageName(one.requirement) === packageName(name));
    return demand && toParty(traceSide(demand, demands), owners);
  };
  if (python) {
    const party = wanting(python.subject);
    const has = python.ours === undefined ? "" : `, the environment has ${python.ours}`;
    return {
      kind: toolErrors.PYTHON_CONFLICT,
      message: `Cannot use "${python.subject}"${forWhom(party)}: it needs Python ${python.theirs}` +
        has,
      hint: "Choose an older version of it, or an environment with another Python",
      details: { requirement: python.subject, needs: python.theirs, has: python.ours, party },
    };
  }
  const missing = [...notFound, ...noVersions];
  if (missing.length > 0) {
    const names = [...new Set(missing.map(withoutMarker))].map((name) => `"${name}"`).join(", ");
    const party = wanting(missing[0]!);
    const what = notFound.length > 0 ? "no index has it" : "there is no such version";
    return {
      kind: toolErrors.PACKAGE_NOT_FOUND,
      message: `Cannot find ${names}${forWhom(party)}: ${what}`,
      hint: "Check the spelling and the version, or name the index that has it",
      details: { missing, party },
    };
  }
  for (const offer of available) {
    const party = wanting(offer);
    if (!party) continue;
    return {
      kind: toolErrors.PACKAGE_NOT_FOUND,
      message: `Cannot find "${party.requirement}" for ${party.title}: only ${offer} is available`,
      hint: "Loosen the requirement, or name the index that has the version",
      details: { missing: [party.requirement], available: offer, party },
    };
  }
  if (noWheels.length > 0) {
    const party = wanting(noWheels[0]!);
    return {
      kind: toolErrors.PACKAGE_NO_WHEEL,
      message: `Cannot install "${noWheels[0]}"${forWhom(party)}: it has nothing that fits`,
      hint: "Choose another version of it, or another Python",
      details: { missing: noWheels, party },
    };
  }
  return {
    kind: toolErrors.PACKAGE_CONFLICT,
    message: `Cannot fit the requirements together${inWordsOfUv(reasons)}`,
    hint: "See all of uv's words with -v",
    details: {},
  };
}

function inWordsOfUv(reasons: string): string {
  if (reasons === "") return "";
  const words = reasons.length > MOST_WORDS ? `${reasons.slice(0, MOST_WORDS - 1)}…` : reasons;
  return `; uv says: ${words.replace(/\.$/, "")}`;
}

// uv may split what one party asks for into several ranges of versions.
function unlike(sides: readonly ConflictParty[]): readonly ConflictParty[] {
  const found = new Map<string, ConflictParty>();
  for (const side of sides) {
    const { title, group, via, requirement } = side;
    const key = JSON.stringify([title, group, via.map(packageName), requirement]);
    const rival = found.get(key);
    if (!rival || chain(side).length < chain(rival).length) found.set(key, side);
  }
  return [...found.values()];
}

function explainConflict(sides: readonly ConflictParty[]): UvExplanation {
  const titles = [...new Set(sides.map(({ title }) => title))];
  const told = sides.map((side) => `${side.title} wants ${chain(side)}`);
  return {
    kind: toolErrors.PACKAGE_CONFLICT,
    message: `Cannot fit the requirements together: ${told.join(", but ")}`,
    hint: titles.length > 1
      ? `Loosen what ${titles.join(" or ")} asks for, or do without one of them`
      : `Loosen one of the requirements of ${titles[0]}`,
    details: { sides },
  };
}

function chain({ via, requirement }: ConflictParty): string {
  return [...via, requirement].join(", which wants ");
}

function forWhom(party: ConflictParty | undefined): string {
  return party ? ` for ${party.title}` : "";
}

function toParty({ root, via, requirement }: ConflictSide, owners: GroupOwners): ConflictParty {
  const group = root.includes(":") ? root.slice(root.indexOf(":") + 1) : undefined;
  const common = { ...(group !== undefined && { group }), via, requirement };
  if (root === "") return { title: "a constraint of the project", ...common };
  const owner = group === undefined
    ? owners.get("") ?? { title: "the project" }
    : ownerOfGroup(group, owners) ?? { title: `the group "${group}"` };
  const asked = via[0] ?? requirement;
  const { packages } = owner;
  const { title, file } = packages?.get(asked) ?? packages?.get(packageName(asked)) ?? owner;
  return { title, file, ...common };
}

function ownerOfGroup(group: string, owners: GroupOwners): GroupOwner | undefined {
  const exact = owners.get(group);
  if (exact) return exact;
  // uv writes group names in normal form, manifests may not.
  for (const [name, owner] of owners) {
    if (packageName(name) === packageName(group)) return owner;
  }
  return undefined;
}
