import { normalizePackageName } from "../../pyproject/mod.ts";
import type { TakenPackage } from "./types.ts";

// https://packaging.python.org/en/latest/specifications/name-normalization/ and PEP 440, without local labels.
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const VERSION =
  /^(?:\d{1,9}!)?\d{1,9}(?:\.\d{1,9}){0,9}(?:(?:a|b|rc)\d{1,9})?(?:\.post\d{1,9})?(?:\.dev\d{1,9})?$/i;

/** A package that a resolution shall keep at its version. */
export interface Pin {
  /** Normalised. */
  readonly name: string;
  /** Without a local label, which builds of PyTorch have. */
  readonly version: string;
}

/** The part of a version that indexes know; `2.5.1` of `2.5.1+cu124`. */
export function publicVersion(version: string): string {
  return version.replace(/\+.*$/s, "");
}

/** The build of PyTorch that versions tell, as `2.5.1+cu124` does: `cpu`, `cuNNN`, `rocmX.Y`, `xpu`. */
export function torchBackendOf(packages: readonly TakenPackage[]): string | undefined {
  const torch = packages.find(({ name }) => normalizePackageName(name) === "torch");
  return /\+(cpu|xpu|cu\d{2,3}|rocm\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)(?![\w.])/.exec(
    torch?.version ?? "",
  )
    ?.[1];
}

/** The versions that packages are to keep, by normalised name; what is no version is passed over. */
export function pinsOf(packages: readonly TakenPackage[]): readonly Pin[] {
  const pins = new Map<string, Pin>();
  for (const { name, version } of packages) {
    const plain = publicVersion(version);
    if (!NAME.test(name) || !VERSION.test(plain)) continue;
    const normal = normalizePackageName(name);
    pins.set(normal, { name: normal, version: plain });
  }
  return [...pins.values()];
}

/** A pin as uv takes it. */
export function toConstraint({ name, version }: Pin): string {
  return `${name}==${version}`;
}

/**
 * The pins that an explanation of uv's names.
 *
 * @param words What uv wrote.
 */
export function blamedPins(pins: readonly Pin[], words: string): readonly Pin[] {
  const text = words.replace(/\s+/g, " ").toLowerCase();
  return pins.filter(({ name, version }) =>
    new RegExp(
      `(?<![\\w.-])${escape(name)}(?:[\\[{][^\\]}]*[\\]}])*\\s*==\\s*${escape(version)}(?![\\w.])`,
    ).test(text)
  );
}

/** The packages that an explanation of uv's names, in whatever version. */
export function blamedNames(pins: readonly Pin[], words: string): readonly Pin[] {
  const text = words.toLowerCase();
  return pins.filter(({ name }) => new RegExp(`(?<![\\w.:-])${escape(name)}(?![\\w-])`).test(text));
}

function escape(text: string): string {
  // uv writes names in their normal form.
  return text.replace(/[^\w]/g, "\\$&");
}
