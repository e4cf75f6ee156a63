import { join } from "node:path";
import { lookAt } from "../../workspace/mod.ts";
import { digestOf } from "./digests.ts";
import { findSitePackages, namesIn } from "./installed.ts";

/**
 * A digest of the names that installers leave in a virtual environment: programs, packages and their records.
 *
 * An installer that was killed has changed it, even where no record of the package was written yet.
 *
 * @throws `FILE_UNREADABLE`
 */
export async function traceVenv(venv: string): Promise<string> {
  const site = await findSitePackages(venv);
  const programs = join(venv, Deno.build.os === "windows" ? "Scripts" : "bin");
  const [own, packages] = await Promise.all([
    namesIn(programs),
    site === undefined ? [] : tracePackages(site),
  ]);
  // What Python compiles when something is started is nobody's installation.
  const names = [...own, ...packages].filter((name) => !/__pycache__|\.pyc$/.test(name));
  return digestOf(names.sort().join("\0"));
}

async function tracePackages(site: string): Promise<readonly string[]> {
  const found = await Promise.all((await namesIn(site)).map(async (name) => {
    const path = join(site, name);
    // Several packages share a directory without this file; records may be half written.
    const isModule = !name.endsWith(".dist-info") && name.includes(".", 1);
    if (isModule || await lookAt(join(path, "__init__.py"))) return [name];
    return [name, ...(await namesIn(path)).map((inner) => `${name}/${inner}`)];
  }));
  return found.flat();
}
