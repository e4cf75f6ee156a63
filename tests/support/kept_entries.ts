import { join } from "node:path";

/** Which of the entries that tests keep between runs are too many. */
export interface Keeping {
  /** What their names begin with. */
  readonly names: RegExp;
  /** So many stay although nobody used them within the last hour. */
  readonly newest: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const GONE = /^gone-/;

/** Notes that an entry is used now, if it is there. */
export async function noteUse(path: string): Promise<boolean> {
  const now = new Date();
  try {
    await Deno.utime(path, now, now);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * Removes entries that were not used for a day, and of the others all but the newest; what was used within an hour may
 * be in use by another run, and stays.
 *
 * @param directory Where they are; it may be absent.
 */
export async function removeUnused(directory: string, { names, newest }: Keeping): Promise<void> {
  const found = (await usesIn(directory, names)).sort((a, b) => b.used - a.used);
  const now = Date.now();
  for (const [at, { path, used }] of found.entries()) {
    const age = now - used;
    if (age > DAY_MS || (at >= newest && age > HOUR_MS)) await removeWhole(directory, path, used);
  }
  // Of a run that was killed while it removed.
  for (const { path, used } of await usesIn(directory, GONE)) {
    if (now - used > HOUR_MS) await removeWhole(directory, path, used);
  }
}

async function usesIn(
  directory: string,
  names: RegExp,
): Promise<{ readonly path: string; readonly used: number }[]> {
  const found: { path: string; used: number }[] = [];
  try {
    for await (const { name } of Deno.readDir(directory)) {
      if (!names.test(name)) continue;
      const path = join(directory, name);
      // What another run has just removed is gone already.
      const info = await Deno.stat(path).catch(() => undefined);
      if (info) found.push({ path, used: info.mtime?.getTime() ?? Date.now() });
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found;
}

/** No other run sees a half of it. */
async function removeWhole(directory: string, path: string, used: number): Promise<void> {
  const aside = join(directory, `gone-${crypto.randomUUID()}`);
  try {
    // Another run may have begun to use it since.
    if ((await Deno.stat(path)).mtime?.getTime() !== used) return;
    await Deno.rename(path, aside);
    await Deno.remove(aside, { recursive: true });
  } catch (error) {
    // Another run was faster, or, on Windows, has a file of it open.
    const expected = [Deno.errors.NotFound, Deno.errors.PermissionDenied, Deno.errors.Busy];
    if (!expected.some((kind) => error instanceof kind)) throw error;
  }
}
