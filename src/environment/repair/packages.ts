import { join } from "node:path";
import { parseToml } from "../../base/mod.ts";
import { readManifest } from "../../pyproject/mod.ts";
import { command, toolErrors } from "../../tools/mod.ts";
import { lookAt, type Transaction } from "../../workspace/mod.ts";
import { resolveManifest } from "../manifest_change/mod.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import {
  hasHalfInstalled,
  isVenvCurrent,
  readInstalled,
  resolutionDigest,
  syncVenv,
  venvPython,
} from "../venv/mod.ts";
import { failureOf } from "./failure.ts";
import { readCommitted } from "./manifest.ts";
import type { RepairProblem } from "./types.ts";

const TELL_VERSION = "import sys; print('.'.join(map(str, sys.version_info[:3])))";
const START_TIMEOUT_MS = 60_000;

/** Looks whether `.venv` is one whose Python starts, the right one, and no installation was cut off in it. */
export async function examinePython(
  world: EnvironmentWorld,
  state: EnvironmentState | undefined,
): Promise<readonly RepairProblem[]> {
  const { environment: { venv } } = world;
  const info = await lookAt(venv);
  if (!info || !state) return [];
  const configured = await lookAt(join(venv, "pyvenv.cfg")) !== undefined;
  const installed = await lookAt(join(venv, "lib")) ?? await lookAt(join(venv, "Lib"));
  if (!configured && !installed) {
    return [{
      part: "python",
      problem: ".venv is no virtual environment",
      remedy: "move it to the trash",
      fix: (transaction) => transaction.trash(venv),
    }];
  }
  const why = await brokenWhy(world, state);
  if (why === undefined) return [];
  return [{
    part: "python",
    problem: why,
    remedy: "take .venv away, to be made anew from uv.lock",
    fix: (transaction) => transaction.remove(venv, { keep: "none" }),
  }];
}

async function brokenWhy(
  { environment: { venv }, runner, signal }: EnvironmentWorld,
  { manifest }: EnvironmentState,
): Promise<string | undefined> {
  if (await readInstalled(venv) === undefined) return "The Python of .venv is missing";
  if (await hasHalfInstalled(venv)) return ".venv holds packages that are half installed";
  const wanted = manifest.environment.pythonVersion;
  try {
    const spec = command({ program: venvPython(venv), args: ["-I", "-c", TELL_VERSION] });
    const { stdout } = await runner.run(spec, { signal, timeoutMs: START_TIMEOUT_MS });
    const found = stdout.trim();
    const fits = wanted === undefined || found === wanted || found.startsWith(`${wanted}.`);
    return fits ? undefined : `The Python of .venv is ${found}, the manifest wants ${wanted}`;
  } catch (error) {
    failureOf(error);
    return "The Python of .venv does not start";
  }
}

/** Looks whether `uv.lock` is there, readable, and fits the manifest. */
export async function examineLock(
  world: EnvironmentWorld,
  state: EnvironmentState | undefined,
): Promise<readonly RepairProblem[]> {
  if (!state) return [];
  const { manifest, manifestText, lockText } = state;
  const readable = lockText !== undefined && isLock(lockText);
  const problem = lockText === undefined
    ? "uv.lock is missing"
    : readable
    ? "uv.lock does not fit pyproject.toml"
    : "uv.lock is damaged";
  const committed = readable ? undefined : await committedLock(world, state);
  try {
    const before = { lockText: readable ? lockText : committed?.text };
    const resolved = await resolveManifest(world, { manifest, manifestText, before });
    if (readable && resolved === lockText) return [];
    return [{
      part: "lock",
      problem,
      remedy: committed?.fits && resolved === committed.text
        ? "take it from the last commit"
        : "make it anew from the manifest",
      fix: (transaction) => putLock(world, transaction, resolved),
    }];
  } catch (error) {
    const failure = failureOf(error);
    // Without uv or the network, what was committed for this very manifest still holds.
    if (committed?.fits && failure.code !== toolErrors.PACKAGE_CONFLICT.code) {
      return [{
        part: "lock",
        problem,
        remedy: "take it from the last commit",
        fix: (transaction) => putLock(world, transaction, committed.text),
      }];
    }
    return [{ part: "lock", problem, error: failure, hint: failure.hint }];
  }
}

function putLock(
  { environment: { lockFile } }: EnvironmentWorld,
  transaction: Transaction,
  text: string,
): Promise<void> {
  return transaction.writeFile(lockFile, text, { keep: "trash" });
}

function isLock(text: string): boolean {
  try {
    return typeof parseToml(text, "uv.lock").version === "number";
  } catch (error) {
    failureOf(error);
    return false;
  }
}

/** The lock of the last commit, and whether it was made for the manifest of now. */
async function committedLock(
  world: EnvironmentWorld,
  { manifest }: EnvironmentState,
): Promise<{ readonly text: string; readonly fits: boolean } | undefined> {
  const text = await readCommitted(world, "uv.lock");
  const manifestText = await readCommitted(world, "pyproject.toml");
  if (text === undefined || manifestText === undefined || !isLock(text)) return undefined;
  try {
    const then = readManifest(manifestText, "pyproject.toml");
    return { text, fits: resolutionDigest(then) === resolutionDigest(manifest) };
  } catch (error) {
    failureOf(error);
    return { text, fits: false };
  }
}

/** Looks whether `.venv` holds what the lock says. */
export async function examineVenv(
  world: EnvironmentWorld,
  state: EnvironmentState | undefined,
): Promise<readonly RepairProblem[]> {
  const { environment: { cec, venv } } = world;
  if (state?.lockText === undefined || !isLock(state.lockText)) return [];
  const { manifest, lockText } = state;
  if (await isVenvCurrent(venv, { manifest, lockText })) return [];
  const fix = (transaction: Transaction) => syncVenv(world, transaction, { manifest, lockText });
  if (await readInstalled(venv) === undefined) {
    return [{ part: "venv", problem: ".venv is missing", remedy: "make it from uv.lock", fix }];
  }
  try {
    const uv = await world.uv();
    const project = { directory: cec, environment: venv };
    const changes = await uv.sync(project, { lock: "frozen", dryRun: true });
    if (changes.length === 0) return [];
    const names = [...new Set(changes.map(({ name }) => name))];
    return [{
      part: "venv",
      problem: `.venv does not hold what uv.lock says: ${shorten(names)}`,
      remedy: "install what the lock says",
      fix,
    }];
  } catch (error) {
    const failure = failureOf(error);
    const { hint } = failure;
    return [{ part: "venv", problem: ".venv cannot be judged", error: failure, hint }];
  }
}

const NAMED = 8;

/** The first of many names. */
export function shorten(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  return `${names.slice(0, NAMED).join(", ")}${more}`;
}
