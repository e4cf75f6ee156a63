import { normalizePackageName } from "../../pyproject/mod.ts";
import type { Platform } from "./platform.ts";

/** What the file name of a wheel says. */
export interface WheelName {
  /** Normalised. */
  readonly name: string;
  readonly version: string;
  readonly pythons: readonly string[];
  readonly abis: readonly string[];
  readonly platforms: readonly string[];
}

const NAME = /^([\w.]+)-([\w.!+]+)(?:-\d\w*)?-([\w.]+)-([\w.]+)-([\w.]+)\.whl$/;

/**
 * Reads the file name of a wheel: `{name}-{version}(-{build})?-{python}-{abi}-{platform}.whl`.
 *
 * Format: https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 *
 * @returns Nothing for any other name.
 */
export function readWheelName(file: string): WheelName | undefined {
  const [, name, version, pythons, abis, platforms] = NAME.exec(file) ?? [];
  if (name === undefined || version === undefined) return undefined;
  const split = (tags = "") => tags.split(".");
  return {
    name: normalizePackageName(name),
    version,
    pythons: split(pythons),
    abis: split(abis),
    platforms: split(platforms),
  };
}

/**
 * Whether a wheel can be installed for a CPython on a platform; how new the system itself has to be does not count.
 *
 * Rules: https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
 *
 * @param python Such as `3.12` or `3.12.7`.
 */
export function fits(wheel: WheelName, platform: Platform, python: string): boolean {
  if (!wheel.platforms.some((tag) => tag === "any" || platform.tags.test(tag))) return false;
  const minor = Number(python.split(".")[1]);
  return wheel.pythons.some((tag) => wheel.abis.some((abi) => fitsPython(tag, abi, minor)));
}

function fitsPython(tag: string, abi: string, minor: number): boolean {
  const [, kind, digits = ""] = /^(cp|py)3(\d*)$/.exec(tag) ?? [];
  if (kind === undefined) return false;
  if (abi === `cp3${minor}`) return tag === abi;
  if (abi === "abi3") return kind === "cp" && digits !== "" && Number(digits) <= minor;
  if (abi !== "none") return false;
  return kind === "py" ? digits === "" || Number(digits) <= minor : Number(digits) === minor;
}

/**
 * Whether two versions are one, written in different ways: `1.0` and `1.0.0`, `1.0-local_1` and `1.0-local.1`.
 *
 * Rules: https://packaging.python.org/en/latest/specifications/version-specifiers/#normalization
 */
export function isSameVersion(one: string, other: string): boolean {
  return normalVersion(one) === normalVersion(other);
}

function normalVersion(text: string): string {
  const [release = "", local = ""] = text.toLowerCase().replace(/^v/, "").split("+");
  const plain = release.replace(/[-_]/g, ".").replace(/(?:\.0)+(?=$|\.?(?:a|b|rc|post|dev))/, "");
  return `${plain}+${local.replace(/[-_]/g, ".")}`;
}
