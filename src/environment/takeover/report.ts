import { counted } from "../../base/mod.ts";
import type { LockPackages } from "../venv/mod.ts";
import { pinsOf, publicVersion } from "./pins.ts";
import type { TakenPackage, TakeoverFinding } from "./types.ts";

/** Single packages that are told one by one; more would hide the rest. */
const MOST_TOLD = 40;
const NAMED = 8;
/** What every Python environment may have of its own accord. */
const OWN = new Set(["pip", "setuptools", "wheel", "uv"]);

/**
 * Tells how the packages of another install came out.
 *
 * @param locked What the lock of the new environment has.
 */
export function tellPackages(
  packages: readonly TakenPackage[],
  locked: LockPackages,
): readonly TakeoverFinding[] {
  const pins = pinsOf(packages).filter(({ name }) => !OWN.has(name));
  const same = pins.filter(({ name, version }) =>
    (locked.get(name) ?? []).some((one) => publicVersion(one) === version)
  );
  const other = pins.filter((pin) => locked.has(pin.name) && !same.includes(pin));
  const left = pins.filter(({ name }) => !locked.has(name));
  const known = new Set(pins.map(({ name }) => name));
  const added = packages.length === 0 ? [] : [...locked.keys()].filter((name) => !known.has(name));
  return [
    ...count("exact", same.length, ["keeps its version", "keep their versions"]),
    ...other.slice(0, MOST_TOLD).map(({ name, version }): TakeoverFinding => ({
      part: "packages",
      certainty: "guessed",
      subject: name,
      message: `${version} does not go with the rest; it becomes ${locked.get(name)!.join(", ")}`,
    })),
    ...other.length > MOST_TOLD
      ? count("guessed", other.length - MOST_TOLD, [
        "gets another version, too",
        "get other versions, too",
      ])
      : [],
    ...count(
      "dropped",
      left.length,
      ["is", "are"],
      ` asked for by neither ComfyUI nor a node pack: ${someOf(left.map(({ name }) => name))}`,
    ),
    ...count("guessed", added.length, ["was", "were"], ` not there before: ${someOf(added)}`),
  ];
}

function count(
  certainty: TakeoverFinding["certainty"],
  number: number,
  [one, several]: readonly [one: string, several: string],
  rest = "",
): readonly TakeoverFinding[] {
  if (number === 0) return [];
  const message = `${number === 1 ? one : several}${rest}`;
  return [{ part: "packages", certainty, subject: counted(number, "package"), message }];
}

function someOf(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
