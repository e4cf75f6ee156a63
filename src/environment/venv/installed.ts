import { join } from "node:path";
import { fileError } from "../../base/mod.ts";
import { normalizePackageName } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/mod.ts";

/** Versions by normalised package name. */
export type PackageVersions = Readonly<Record<string, string>>;

/** Where the interpreter of a virtual environment lies. */
export function venvPython(venv: string): string {
  return Deno.build.os === "windows"
    ? join(venv, "Scripts", "python.exe")
    : join(venv, "bin", "python");
}

/**
 * Reads from disk which distributions a virtual environment holds, by the names of their `.dist-info` directories.
 *
 * https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 *
 * @param venv The environment.
 * @returns Nothing when there is no environment.
 * @throws `FILE_UNREADABLE`
 */
export async function readInstalled(venv: string): Promise<PackageVersions | undefined> {
  if (!await lookAt(join(venv, "pyvenv.cfg")) || !await isThere(venvPython(venv))) return undefined;
  const directory = await findSitePackages(venv);
  if (directory === undefined) return undefined;
  const found: [string, string][] = [];
  await Promise.all((await namesIn(directory)).map(async (entry) => {
    const match = /^(.+?)-([^-]+)\.dist-info$/.exec(entry);
    // Without METADATA the distribution was half removed.
    if (match && await lookAt(join(directory, entry, "METADATA"))) {
      found.push([normalizePackageName(match[1]!), match[2]!]);
    }
  }));
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The files that an installer writes for every distribution, the last of them when all others are there. */
const COMPLETE = ["METADATA", "RECORD", "INSTALLER"];

/**
 * Whether an installer was cut off in a virtual environment; uv takes what it left for installed, and neither completes
 * nor removes it.
 */
export async function hasHalfInstalled(venv: string): Promise<boolean> {
  const directory = await findSitePackages(venv);
  if (directory === undefined) return false;
  const entries = (await namesIn(directory)).filter((entry) => entry.endsWith(".dist-info"));
  const found = await Promise.all(
    entries.flatMap((entry) => COMPLETE.map((file) => lookAt(join(directory, entry, file)))),
  );
  return found.some((info) => info === undefined);
}

// The interpreter is a link, and may lead nowhere when its Python was uninstalled.
async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** The directory of a virtual environment that packages are installed in. */
export async function findSitePackages(venv: string): Promise<string | undefined> {
  if (Deno.build.os === "windows") return join(venv, "Lib", "site-packages");
  const version = (await namesIn(join(venv, "lib"))).find((name) => /^python3\./.test(name));
  return version === undefined ? undefined : join(venv, "lib", version, "site-packages");
}

/** The names in a directory; none where there is no directory. */
export async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(directory))).map(({ name }) => name);
  } catch (error) {
    const { NotFound, NotADirectory } = Deno.errors;
    if (error instanceof NotFound || error instanceof NotADirectory) return [];
    throw fileError("Cannot read", directory, error);
  }
}
