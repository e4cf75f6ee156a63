import { join } from "node:path";
import { baseErrors, ComfydockError, writeFileAtomic } from "../../base/mod.ts";
import type { EnvironmentWorld } from "../../environment/mod.ts";
import type { SyncForecast } from "../../tools/mod.ts";
import { makeScratch } from "../drafts.ts";
import { removeTree } from "../../workspace/disk/mod.ts";

/**
 * Asks uv what it would install of a lock on this machine, and how much of it its cache does not have; nothing is fetched
 * or built.
 *
 * @returns Nothing where uv cannot say, as without a Python that fits.
 * @throws `INTERRUPTED`, `FILE_UNWRITABLE`
 */
export async function forecastPackages(
  world: EnvironmentWorld,
  { manifestText, lockText }: { readonly manifestText: string; readonly lockText: string },
  python: string | undefined,
): Promise<SyncForecast | undefined> {
  const directory = await makeScratch(world, "import-forecast");
  try {
    await writeFileAtomic(join(directory, "pyproject.toml"), manifestText);
    await writeFileAtomic(join(directory, "uv.lock"), lockText);
    const uv = await world.uv({ offline: true });
    const environment = join(directory, "venv");
    return await uv.forecast({ directory, environment, python }, { lock: "frozen" });
  } catch (error) {
    if (!(error instanceof ComfydockError)) throw error;
    if (error.code === baseErrors.INTERRUPTED.code) throw error;
    world.report.emit({ kind: "logged", level: "DEBUG", message: error.message });
    return undefined;
  } finally {
    await removeTree(directory);
  }
}
