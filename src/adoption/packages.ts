import { join } from "node:path";
import { mapConcurrent } from "../base/mod.ts";
import { type TakenPackage, torchBackendOf } from "../environment/takeover/mod.ts";
import { normalizePackageName } from "../pyproject/mod.ts";
import { entriesIn, lookAt } from "../workspace/disk/mod.ts";
import { textIfThere } from "./text_file.ts";

/** What an installed Python has, read from its files. */
export interface PythonFacts {
  /** Such as `3.12.4`, or `3.12` where only that is told. */
  readonly version?: string;
  /** Sorted by name. */
  readonly packages: readonly TakenPackage[];
  /** Names of packages that came from a path or a repository instead of an index. */
  readonly elsewhere: readonly string[];
  /** Directories of metadata that nothing could be read from. */
  readonly unreadable: readonly string[];
  /** The build of PyTorch: `cpu`, `cuNNN`, `rocmX.Y`, `xpu`. */
  readonly torchBackend?: string;
}

const MOST_PACKAGES = 5_000;
const LARGEST_FILE = 4 * 1024 ** 2;
const READ_AT_ONCE = 16;

const read = (path: string) => textIfThere(path, LARGEST_FILE);

/**
 * Reads which packages an installed Python has; no program of it is started.
 *
 * https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 *
 * @param python A virtual environment, or a directory with an embedded Python.
 */
export async function readPython(python: string): Promise<PythonFacts> {
  const directory = await findPackages(python);
  if (directory === undefined) {
    return { version: await readVersion(python), packages: [], elsewhere: [], unreadable: [] };
  }
  const names = (await entriesIn(directory)).map(({ name }) => name)
    .filter((name) => /\.dist-info$/i.test(name)).slice(0, MOST_PACKAGES);
  const distributions = mapConcurrent(names, (name) => readDistribution(directory, name), {
    limit: READ_AT_ONCE,
  });
  const found = await Array.fromAsync(distributions);
  // Some installers mark all of them; what another one needs comes along with that.
  const needed = new Set(found.flatMap(({ requires }) => requires));
  const packages = found.flatMap(({ taken, isElsewhere }): TakenPackage[] => {
    if (!taken || isElsewhere) return [];
    const requested = taken.requested && !needed.has(normalizePackageName(taken.name));
    return [{ ...taken, requested }];
  });
  return {
    version: await readVersion(python, directory),
    packages: packages.sort((a, b) => a.name < b.name ? -1 : 1),
    elsewhere: found.flatMap(({ taken, isElsewhere }) => taken && isElsewhere ? [taken.name] : []),
    unreadable: found.flatMap(({ name, taken }) => taken ? [] : [name]),
    torchBackend: await readTorch(directory, packages),
  };
}

async function findPackages(python: string): Promise<string | undefined> {
  const versions = (await entriesIn(join(python, "lib"))).map(({ name }) => name)
    .filter((name) => /^python3\.\d{1,2}$/.test(name));
  const places = [
    join(python, "Lib", "site-packages"),
    ...versions.map((name) => join(python, "lib", name, "site-packages")),
    join(python, "lib", "site-packages"),
  ];
  for (const place of places) {
    if ((await lookAt(place))?.isDirectory) return place;
  }
  return undefined;
}

interface Distribution {
  readonly name: string;
  readonly taken?: TakenPackage;
  readonly isElsewhere: boolean;
  /** Normalised names of what it needs. */
  readonly requires: readonly string[];
}

async function readDistribution(directory: string, name: string): Promise<Distribution> {
  const place = join(directory, name);
  const metadata = await read(join(place, "METADATA"));
  const head = metadata?.split(/\r?\n\r?\n/, 1)[0] ?? "";
  const field = (key: string) =>
    new RegExp(`^${key}:[ \\t]*(\\S{1,200})[ \\t]*\\r?$`, "im").exec(head)?.[1];
  const [known, version] = [field("Name"), field("Version")];
  if (known === undefined || version === undefined) {
    return { name, isElsewhere: false, requires: [] };
  }
  const [requested, direct] = await Promise.all([
    lookAt(join(place, "REQUESTED")),
    read(join(place, "direct_url.json")),
  ]);
  const taken = { name: known, version, requested: requested !== undefined };
  const own = normalizePackageName(known);
  // What only an extra needs may not have come with it.
  const requires = [...head.matchAll(/^Requires-Dist:[ \t]*([\w.-]{1,200})(.*)$/gim)]
    .filter(([, , rest = ""]) => !/;.*\bextra\s*==/.test(rest))
    .map(([, needs = ""]) => normalizePackageName(needs)).filter((needs) => needs !== own);
  return { name, taken, requires, isElsewhere: direct !== undefined && !isWheelOfIndex(direct) };
}

// Installers note the address of a wheel that was named by its URL; a release by number is the same file.
function isWheelOfIndex(direct: string): boolean {
  return /"url"\s*:\s*"https:\/\/[^"]+\.whl[^"]*"/.test(direct);
}

async function readVersion(python: string, packages?: string): Promise<string | undefined> {
  const settings = await read(join(python, "pyvenv.cfg")) ?? "";
  const [, noted] = /^version(?:_info)?\s*=\s*(3\.\d{1,2}(?:\.\d{1,3})?)/m.exec(settings) ?? [];
  if (noted !== undefined) return noted;
  for (const { name } of await entriesIn(python)) {
    const [, minor] = /^python3(\d{1,2})(?:\._pth|\.dll|\.zip)$/i.exec(name) ?? [];
    if (minor !== undefined) return `3.${Number(minor)}`;
  }
  return /[\\/]python(3\.\d{1,2})[\\/]/.exec(packages ?? "")?.[1];
}

/** The build of PyTorch by its version, such as `2.5.1+cu124`, else by what its own files say. */
async function readTorch(
  directory: string,
  packages: readonly TakenPackage[],
): Promise<string | undefined> {
  if (!packages.some(({ name }) => name.toLowerCase() === "torch")) return undefined;
  const label = torchBackendOf(packages);
  if (label !== undefined) return label;
  const text = await read(join(directory, "torch", "version.py")) ?? "";
  const noted = (name: string) =>
    new RegExp(`^${name}(?::[^=\\n]{0,60})?\\s*=\\s*['"](\\d{1,2})\\.(\\d{1,2})`, "m").exec(text);
  const [cuda, hip] = [noted("cuda"), noted("hip")];
  if (cuda) return `cu${cuda[1]}${cuda[2]}`;
  return hip ? `rocm${hip[1]}.${hip[2]}` : text === "" ? undefined : "cpu";
}
