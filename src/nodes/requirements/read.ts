import { join } from "node:path";
import { redact } from "../../base/mod.ts";
import { logicalLines } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/mod.ts";
import type { PackRequirements } from "../types.ts";
import { type Collection, createCollection, type NamedFile, type Place } from "./collect.ts";
import { decodeText } from "./decode.ts";
import { pathInPack, readPackFile } from "./pack_file.ts";
import { readPackProject } from "./project.ts";
import { shorten } from "./take.ts";

const FILE = "requirements.txt";
const PROJECT = "pyproject.toml";
const INSTALLER = "install.py";
const MAX_FILES = 50;
const MAX_DEPTH = 8;

/** What is known of a pack besides its files. */
export interface PackRequirementsOptions {
  /** Requirements as the registry lists them, for a pack whose own files say nothing. */
  readonly listed?: readonly string[];
}

/**
 * Reads what a pack asks of Python: from `requirements.txt` and the files it names, else from `[project] dependencies`
 * of `pyproject.toml`, else from the registry's list.
 *
 * Nothing is run, fetched, or read outside of the pack. What a project cannot hold is a finding that tells what was
 * done instead.
 *
 * @param tree The directory of the pack.
 * @throws `FILE_UNREADABLE`
 */
export async function readPackRequirements(
  tree: string,
  { listed = [] }: PackRequirementsOptions = {},
): Promise<PackRequirements> {
  const reading: Reading = { tree, collection: createCollection(), seen: new Set(), files: 0 };
  const found = await readFile(reading, { file: FILE, constraint: false, numbered: true }, []) ||
    await readProject(reading);
  if (!found) addListed(reading.collection, listed);
  const installer = await lookAt(join(tree, INSTALLER));
  const scripts = installer && !installer.isDirectory ? [INSTALLER] : [];
  return { ...reading.collection.result(), scripts };
}

interface Reading {
  readonly tree: string;
  readonly collection: Collection;
  /** Files by path, once as requirements and once as constraints. */
  readonly seen: Set<string>;
  files: number;
}

// Whether there is such a file, readable or not.
async function readFile(
  reading: Reading,
  place: Place,
  chain: readonly string[],
  namedAt?: { file: string; line?: number },
): Promise<boolean> {
  const { tree, collection, seen } = reading;
  const { file, constraint } = place;
  const at = namedAt ?? { file };
  const refuse = (why: string) =>
    collection.tell("REQUIREMENT_FILE", `"${shorten(redact(file))}" is not read: ${why}`, at);
  const key = `${constraint} ${file}`;
  if (chain.includes(file)) {
    refuse("it names itself, directly or through others");
    return true;
  }
  if (seen.has(key)) return true;
  seen.add(key);
  if (chain.length >= MAX_DEPTH) {
    refuse(`files name each other more than ${MAX_DEPTH} deep`);
    return true;
  }
  if (++reading.files > MAX_FILES) {
    refuse(`the pack names more than ${MAX_FILES} files`);
    return true;
  }
  const found = await readPackFile(tree, file);
  if (found.kind !== "read") {
    const isAbsent = found.kind === "missing";
    if (namedAt || !isAbsent) refuse(found.why);
    return !isAbsent;
  }
  const { text, encoding } = decodeText(found.bytes);
  if (encoding === "latin-1") {
    const message = `"${file}" is not UTF-8: it is read as Latin-1`;
    collection.tell("REQUIREMENT_ENCODING", message, { file });
  }
  for (const line of logicalLines(text)) {
    for (const named of collection.add(line, place)) {
      await followNamed(reading, file, named, [...chain, file]);
    }
  }
  return true;
}

async function followNamed(
  reading: Reading,
  from: string,
  { path, constraint, line }: NamedFile,
  chain: readonly string[],
): Promise<void> {
  const at = { file: from, line };
  const shown = shorten(redact(path));
  const isUrl = /^[a-z][a-z0-9+.-]+:/i.test(path);
  const inPack = isUrl ? undefined : pathInPack(from, path);
  if (inPack === undefined) {
    const why = isUrl ? "only files of the pack are" : "it leads out of the pack";
    reading.collection.tell("REQUIREMENT_FILE", `"${shown}" is not read: ${why}`, at);
    return;
  }
  await readFile(reading, { file: inPack, constraint, numbered: true }, chain, at);
}

async function readProject(reading: Reading): Promise<boolean> {
  const { collection } = reading;
  const found = await readPackFile(reading.tree, PROJECT);
  if (found.kind !== "read") {
    const message = `"${PROJECT}" is not read: ${found.why}`;
    if (found.kind === "refused") collection.tell("REQUIREMENT_FILE", message, { file: PROJECT });
    return false;
  }
  const { dependencies, files, problem } = readPackProject(found.bytes);
  if (problem !== undefined) {
    const message = `The dependencies in "${PROJECT}" are passed over: ${problem}`;
    collection.tell("REQUIREMENT_UNREADABLE", message, { file: PROJECT });
  }
  for (const { text, line } of dependencies ?? []) {
    const place = { file: PROJECT, constraint: false, numbered: line !== undefined };
    addLoose(collection, text, line ?? 1, place);
  }
  for (const file of files ?? []) {
    await followNamed(reading, PROJECT, { path: file, constraint: false, line: 1 }, [PROJECT]);
  }
  return dependencies !== undefined || files !== undefined;
}

/** What a list asks for that stands apart from its pack, such as the registry's. */
export function listedRequirements(listed: readonly string[]): PackRequirements {
  const collection = createCollection();
  addListed(collection, listed);
  return { ...collection.result(), scripts: [] };
}

function addListed(collection: Collection, listed: readonly string[]): void {
  const place = { file: "registry", constraint: false, numbered: false };
  for (const [at, text] of listed.entries()) addLoose(collection, text, at + 1, place);
}

// Lists may hold what stood in a requirements file; files they name cannot be meant.
function addLoose(collection: Collection, text: string, line: number, place: Place): void {
  for (const { content } of logicalLines(text)) {
    for (const { path } of collection.add({ line, content }, place)) {
      const message = `"${
        shorten(redact(path))
      }" is not read: a list of requirements names no files`;
      collection.tell("REQUIREMENT_FILE", message, { file: place.file });
    }
  }
}
