/**
 * Makes a release of what lies in a directory: the install scripts with their address, the software bill of materials,
 * the notes, and the digests of all of it.
 *
 * Equal files give equal bytes. The bundle and the programs lie there already (`deno task bundle`, `deno task compile`).
 *
 * @example
 * ```sh
 * deno task release --directory dist --repository https://git.example.org/someone/comfydock
 * ```
 *
 * @module
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { VERSION } from "../src/base/mod.ts";
import {
  CHECKSUMS_FILE,
  checksumsText,
  parseDistribution,
  RELEASE_FILE,
  type ReleaseFile,
  releaseText,
} from "../src/distribution/mod.ts";
import { billOfMaterials } from "./bill_of_materials.ts";
import { readImports } from "./import_graph.ts";
import { changesOf, withAddress } from "./release_texts.ts";
import { projectRoot } from "./run_deno.ts";
import { say } from "./terminal.ts";

/** The notes of a release, which are no file of it. */
export const NOTES_FILE = "notes.md";
/** What fetches, checks and installs the program of a release. */
export const INSTALL_SCRIPTS: readonly string[] = ["install.sh", "install.ps1"];

/**
 * Writes what a release has besides its programs into the directory where they lie.
 *
 * @param repository The address that the install scripts fetch from.
 * @returns The files of the release, sorted by name.
 */
export async function makeRelease(
  directory: string,
  repository: string,
): Promise<readonly ReleaseFile[]> {
  const project = (name: string) => Deno.readTextFile(join(projectRoot, name));
  const address = parseDistribution(repository).repository;
  for (const name of INSTALL_SCRIPTS) {
    await Deno.writeTextFile(join(directory, name), withAddress(await project(name), address));
  }
  const bill = billOfMaterials(JSON.parse(await project("deno.lock")), {
    version: VERSION,
    deno: Deno.version.deno,
    imported: await shippedPackages(),
  });
  await Deno.writeTextFile(join(directory, "comfydock.cdx.json"), bill);
  await Deno.writeTextFile(
    join(directory, NOTES_FILE),
    changesOf(await project("CHANGELOG.md"), VERSION),
  );
  const none = new Set([NOTES_FILE, CHECKSUMS_FILE, RELEASE_FILE]);
  const names = [...Deno.readDirSync(directory)]
    .filter(({ isFile, name }) => isFile && !none.has(name)).map(({ name }) => name).sort();
  const files: ReleaseFile[] = [];
  for (const name of names) {
    const path = join(directory, name);
    files.push({ name, size: (await Deno.stat(path)).size, sha256: await digestOf(path) });
  }
  const path = join(directory, RELEASE_FILE);
  const text = releaseText({ version: VERSION, files });
  await Deno.writeTextFile(path, text);
  const itself = { name: RELEASE_FILE, size: text.length, sha256: await digestOf(path) };
  // Provenance is attested of what stands there, so the list that `self update` reads is part of it.
  await Deno.writeTextFile(join(directory, CHECKSUMS_FILE), checksumsText([...files, itself]));
  return files;
}

/** The packages that shipped sources import, as keys of `deno.lock`. */
export async function shippedPackages(): Promise<readonly string[]> {
  const keys = (await readImports()).flatMap(({ from, to }) => {
    const key = /^npm:\/?(@?[^@]+@[^/]+)/.exec(to)?.[1];
    return key && /^(?:src\/|(?:main|mod)\.ts$)/.test(from) ? [key] : [];
  });
  return [...new Set(keys)].sort();
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

if (import.meta.main) {
  const { values: { directory, repository } } = parseArgs({
    args: Deno.args,
    options: {
      directory: { type: "string", default: join(projectRoot, "dist") },
      repository: { type: "string" },
    },
  });
  if (repository === undefined) {
    say("usage: deno task release --repository ADDRESS [--directory DIR]");
    Deno.exit(2);
  }
  for (const { name, sha256 } of await makeRelease(directory, repository)) {
    say(`${sha256}  ${name}`);
  }
}
