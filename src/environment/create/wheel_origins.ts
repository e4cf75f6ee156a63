import { join } from "node:path";
import { readTextBounded, writeFileAtomic } from "../../base/mod.ts";
import { normalizePackageName } from "../../pyproject/mod.ts";
import { entriesIn } from "../../workspace/disk/mod.ts";
import { findSitePackages } from "../venv/mod.ts";
import type { RestoredWheel } from "./restored_wheels.ts";

const ORIGIN = "direct_url.json";
const MAX_RECORD = 64 * 1024 ** 2;

/**
 * Says of packages in a virtual environment that they come from a repository or an address, as an installer would that
 * had fetched them there: a sync then finds what the lock asks for.
 *
 * Format: https://packaging.python.org/en/latest/specifications/direct-url/
 *
 * @param wheels What was installed, by normalised names.
 * @throws `FILE_UNREADABLE`, `FILE_UNWRITABLE`
 */
export async function recordOrigins(
  venv: string,
  wheels: ReadonlyMap<string, RestoredWheel>,
): Promise<void> {
  const site = await findSitePackages(venv);
  if (site === undefined || ![...wheels.values()].some(({ origin }) => origin)) return;
  for (const { name: directory } of await entriesIn(site)) {
    const [, name] = /^(.+?)-[^-]+\.dist-info$/.exec(directory) ?? [];
    const origin = name === undefined ? undefined : wheels.get(normalizePackageName(name))?.origin;
    if (!origin) continue;
    const record = join(site, directory, "RECORD");
    const listed = (await readTextBounded(record, MAX_RECORD)).trimEnd();
    await writeFileAtomic(join(site, directory, ORIGIN), JSON.stringify(origin));
    await writeFileAtomic(record, `${listed}\n${directory}/${ORIGIN},,\n`);
  }
}
