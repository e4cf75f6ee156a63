/**
 * Makes a package for npm of the bundles: the program for machines that have Node, the library for Deno.
 *
 * Equal bundles give equal bytes. The package depends on npm's `deno`, in the version that runs this task, so that
 * nothing else has to be installed.
 *
 * @example
 * ```sh
 * deno task bundle && deno task npm && npm install --global ./dist/comfydock-npm.tar.gz
 * ```
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeArchive } from "../src/archive/mod.ts";
import { VERSION } from "../src/base/mod.ts";
import { PERMISSIONS } from "../src/cli/mod.ts";
import { projectRoot } from "./run_deno.ts";
import { say } from "./terminal.ts";

/** The file that {@linkcode packForNpm} writes. */
export const NPM_FILE = "comfydock-npm.tar.gz";

const BUNDLES = ["comfydock.js", "mod.js"];
const PROGRAM = "comfydock.mjs";
const IN_NODE = "library.mjs";
const TEXTS = ["LICENSE", "NOTICE", "README.md"];

/**
 * Writes the package beside the bundles.
 *
 * @param directory Where the bundles lie.
 * @returns The path of the package.
 */
export async function packForNpm(directory: string): Promise<string> {
  const paths = [
    ...BUNDLES.map((name) => join(directory, name)),
    join(projectRoot, "tasks", "npm", PROGRAM),
    ...TEXTS.map((name) => join(projectRoot, name)),
  ];
  const contents = await Promise.all(paths.map((path) => Deno.readFile(path)));
  const names = [...BUNDLES, PROGRAM, ...TEXTS];
  const files = new Map<string, Uint8Array>(names.map((name, at) => [name, contents[at]!]));
  files.set("package.json", Buffer.from(`${JSON.stringify(packageFile(), null, 2)}\n`));
  files.set(IN_NODE, Buffer.from(await libraryInNode()));
  const output = join(directory, NPM_FILE);
  await writeArchive(
    output,
    [...files].sort(([a], [b]) => a < b ? -1 : 1).map(([name, bytes]) => ({
      path: `package/${name}`,
      size: bytes.length,
      executable: name === PROGRAM,
      content: () => [bytes],
    })),
  );
  return output;
}

/** In Node there is no Deno to read files with. A module that lacks a name is refused before it can say so. */
async function libraryInNode(): Promise<string> {
  const names = Object.keys(await import("../mod.ts")).sort();
  return `throw new Error("The library of comfydock runs in Deno; in Node, start the program comfydock");
export const ${names.map((name) => `${name} = undefined`).join(", ")};\n`;
}

function packageFile() {
  return {
    name: "comfydock",
    version: VERSION,
    description: "Installs and reproduces ComfyUI environments",
    license: "AGPL-3.0-only",
    type: "module",
    bin: { comfydock: PROGRAM },
    exports: { ".": { deno: "./mod.js", default: `./${IN_NODE}` } },
    dependencies: { deno: Deno.version.deno },
    comfydock: { permissions: PERMISSIONS },
  };
}

if (import.meta.main) {
  const { values: { directory } } = parseArgs({
    args: Deno.args,
    options: { directory: { type: "string", default: join(projectRoot, "dist") } },
  });
  say(`Built ${await packForNpm(directory)}`);
}
