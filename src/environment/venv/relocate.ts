import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { fileError } from "../../base/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import { findSitePackages } from "./installed.ts";

/** Where an environment was, and where it will be. */
export interface Relocation {
  /** Its root; absolute. */
  readonly from: string;
  readonly to: string;
  /** Its name, which shells show. */
  readonly oldName: string;
  readonly newName: string;
}

/** A file of a virtual environment with its text for the new place. */
export interface RelocatedFile {
  readonly path: string;
  readonly text: string;
}

const ACTIVATE = /^(activate|activate\.(csh|fish|nu|bat|ps1)|Activate\.ps1)$/;
/** Packages that are used in place: `.pth` lines, the finders of setuptools, https://packaging.python.org/en/latest/specifications/direct-url/ */
const IN_PLACE = /^(.*\.pth|__editable__.*\.py)$/;

/**
 * Tells what changes in a virtual environment that is moved; nearly nothing where uv made it relocatable.
 *
 * Packages that are used in place name their directory; it moves along when it lies in the environment.
 *
 * @param venv Where it lies now.
 * @returns The files to rewrite; nothing when the environment is not relocatable and must be made anew.
 * @throws `FILE_UNREADABLE`
 */
export async function relocateVenv(
  venv: string,
  relocation: Relocation,
): Promise<readonly RelocatedFile[] | undefined> {
  const config = join(venv, "pyvenv.cfg");
  if (!await lookAt(config)) return undefined;
  if (!/^relocatable\s*=\s*true\s*$/mi.test(await readText(config))) return undefined;
  const named = [config, ...await filesIn(join(venv, scripts()), (name) => ACTIVATE.test(name))];
  const site = await findSitePackages(venv);
  const pointing = site === undefined ? [] : [
    ...await filesIn(site, (name) => IN_PLACE.test(name)),
    ...(await filesIn(site, (name) => name.endsWith(".dist-info")))
      .map((path) => join(path, "direct_url.json")),
  ];
  const rewritten = [
    ...await rewrite(named, (text) => withName(text, relocation)),
    ...await rewrite(pointing, (text) => withPaths(text, relocation)),
  ];
  return rewritten;
}

/** Writes the rewritten files of a virtual environment that is not in its place yet. */
export async function writeRelocated(files: readonly RelocatedFile[]): Promise<void> {
  for (const { path, text } of files) {
    try {
      await Deno.writeTextFile(path, text);
    } catch (error) {
      throw fileError("Cannot write", path, error);
    }
  }
}

async function rewrite(
  paths: readonly string[],
  change: (text: string) => string,
): Promise<readonly RelocatedFile[]> {
  const found: RelocatedFile[] = [];
  for (const path of paths) {
    if (!(await lookAt(path))?.isFile) continue;
    const before = await readText(path);
    const text = change(before);
    if (text !== before) found.push({ path, text });
  }
  return found;
}

/** Names that could mean something to a shell are left; they only are what a prompt shows. */
function withName(text: string, { oldName, newName }: Relocation): string {
  if (![oldName, newName].every((name) => /^[\w.-]+$/.test(name))) return text;
  const word = new RegExp(`(?<![\\w./-])${escape(oldName)}(?![\\w./-])`, "g");
  return text.replace(/^.*prompt.*$/gim, (line) => line.replace(word, newName));
}

function withPaths(text: string, { from, to }: Relocation): string {
  const forms = [
    // Before the path, which may be a part of it.
    [pathToFileURL(from).href, pathToFileURL(to).href],
    [from, to],
    // As texts in Python write the paths of Windows.
    [from.replaceAll("\\", "\\\\"), to.replaceAll("\\", "\\\\")],
  ];
  return forms.reduce(
    (result, [old = "", now = ""]) =>
      result.replace(new RegExp(`${escape(old)}(?=[/\\\\"'\\r\\n]|$)`, "g"), () => now),
    text,
  );
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function scripts(): string {
  return Deno.build.os === "windows" ? "Scripts" : "bin";
}

async function filesIn(
  directory: string,
  wanted: (name: string) => boolean,
): Promise<readonly string[]> {
  if (!await lookAt(directory)) return [];
  const entries = await Array.fromAsync(Deno.readDir(directory));
  return entries.map(({ name }) => join(directory, name)).filter((path) => wanted(basename(path)))
    .sort();
}

async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw fileError("Cannot read", path, error);
  }
}
