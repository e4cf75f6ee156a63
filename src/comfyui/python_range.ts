import type { InstalledPython } from "../tools/mod.ts";
import { type ComfyUIKnowledge, readComfyUIKnowledge } from "./knowledge.ts";

/** The Pythons that a ComfyUI supports. */
export interface SupportedPython {
  /** Condition as in `requires-python` (PEP 440), such as `>=3.9,<3.14`. */
  readonly requires: string;
  /** The newest that counts as supported, such as `3.13`. */
  readonly newest: string;
  /** The one to take when none that fits is installed, such as `3.12`. */
  readonly fallback: string;
}

/** A Python for an environment. */
export interface ChosenPython {
  /** Version of major and minor number, such as `3.12`. */
  readonly version: string;
  /** The interpreter on this machine; absent when uv has to fetch one. */
  readonly installed?: InstalledPython;
}

const OLDEST_MINOR = 8;
const CLAUSE = /^(===|~=|==|!=|<=|>=|<|>)\s*(\d+(?:\.\d+)*)(\.\*)?$/;

/** Gives what a checkout says about Python together with what is taken for granted. */
export function supportedPython(
  requires: string | undefined,
  knowledge: ComfyUIKnowledge,
): SupportedPython {
  return {
    requires: requires ?? knowledge.requiresPython,
    newest: knowledge.newestPython,
    fallback: knowledge.fallbackPython,
  };
}

/** The Pythons of a ComfyUI that says nothing about them. */
export async function readSupportedPython(): Promise<SupportedPython> {
  return supportedPython(undefined, await readComfyUIKnowledge());
}

/**
 * Chooses the Python of an environment: the newest installed CPython that ComfyUI supports, else the fallback.
 *
 * Pre-releases and unusual builds (free-threaded, debug) are never chosen by themselves. A ComfyUI that excludes the
 * fallback gets the newest version that it allows.
 *
 * @param available The Pythons on this machine, those preferred among equals first.
 */
export function choosePython(
  available: readonly InstalledPython[],
  supported: SupportedPython,
): ChosenPython {
  const [installed] = available
    .filter(({ implementation, variant }) => implementation === "cpython" && variant === undefined)
    .filter(({ version }) => isSupportedPython(version, supported))
    .sort((a, b) => compare(numbersOf(b.version)!, numbersOf(a.version)!));
  if (installed) return { version: minorOf(installed.version), installed };
  const allowed = [supported.fallback, ...minorsDownFrom(supported.newest)];
  const version = allowed.find((minor) => isSupportedPython(minor, supported));
  return { version: version ?? supported.fallback };
}

/** Whether a version of Python, such as `3.12` or `3.12.4`, is one that ComfyUI supports; pre-releases are not. */
export function isSupportedPython(version: string, { requires, newest }: SupportedPython): boolean {
  const numbers = numbersOf(version);
  const limit = numbersOf(newest);
  if (!numbers || !limit || compare(numbers.slice(0, 2), limit) > 0) return false;
  return requires.split(",").map((clause) => clause.trim()).filter((clause) => clause !== "")
    .every((clause) => meets(numbers, clause));
}

/** Whether a text is a condition that {@linkcode isSupportedPython} understands. */
export function isPythonCondition(text: string): boolean {
  return text.split(",").map((clause) => clause.trim()).filter((clause) => clause !== "")
    .every((clause) => CLAUSE.test(clause));
}

function meets(numbers: readonly number[], clause: string): boolean {
  const [, operator, text = "", wildcard] = CLAUSE.exec(clause) ?? [];
  const wanted = numbersOf(text);
  if (!operator || !wanted) return false;
  const order = compare(numbers, wanted);
  const within = compare(numbers.slice(0, wanted.length), wanted) === 0;
  switch (operator) {
    case "~=":
      return order >= 0 && compare(numbers.slice(0, wanted.length - 1), wanted.slice(0, -1)) === 0;
    case "==":
      return wildcard ? within : order === 0;
    case "!=":
      return wildcard ? !within : order !== 0;
    case "<=":
      return order <= 0;
    case ">=":
      return order >= 0;
    case "<":
      return order < 0;
    case ">":
      return order > 0;
    default:
      return order === 0;
  }
}

function numbersOf(version: string): readonly number[] | undefined {
  return /^\d{1,4}(\.\d{1,4}){0,3}$/.test(version) ? version.split(".").map(Number) : undefined;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

function minorsDownFrom(newest: string): readonly string[] {
  const [major = 3, minor = 0] = numbersOf(newest) ?? [];
  const count = Math.max(0, minor - OLDEST_MINOR + 1);
  return Array.from({ length: count }, (_, step) => `${major}.${minor - step}`);
}
