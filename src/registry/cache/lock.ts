import { basename, dirname, join } from "node:path";
import { ComfydockError, exists } from "../../base/mod.ts";
import { forgetOwner, readOwner, tryOsLock, writeOwner } from "../../base/locks/mod.ts";
import { registryErrors } from "../errors.ts";

/**
 * Takes the lock of a working cache, which one run at a time may change.
 *
 * @param path The cache; the lock lies beside it while it is held.
 * @param command The command that wants it, for whoever is refused.
 * @returns What releases the lock; the death of the process does so too.
 * @throws `REGISTRY_CACHE_BUSY` with the holder's process and command, `FILE_UNWRITABLE`
 */
export async function lockCache(path: string, command: string): Promise<AsyncDisposable> {
  const lock = join(dirname(path), `.${basename(path)}.lock`);
  const owner = `${lock}.owner.json`;
  const release = await take(lock);
  if (!release) throw await busy(path, owner);
  await writeOwner(owner, { pid: Deno.pid, command, since: new Date().toISOString() });
  return {
    async [Symbol.asyncDispose]() {
      await forgetOwner(owner);
      // Windows refuses to remove a file that is open; elsewhere nobody may get it between the two calls.
      if (Deno.build.os !== "windows") await forgetOwner(lock);
      release();
      if (Deno.build.os === "windows") await forgetOwner(lock);
    },
  };
}

/** Takes the lock; one whose file was removed by its last holder in the meantime guards nothing and is given back. */
async function take(lock: string): Promise<(() => void) | undefined> {
  for (;;) {
    const release = tryOsLock(lock, "exclusive");
    if (!release || await exists(lock)) return release;
    release();
  }
}

async function busy(path: string, ownerPath: string): Promise<ComfydockError> {
  const owner = await readOwner(ownerPath);
  const holder = owner
    ? `"comfydock ${owner.command}" (process ${owner.pid}) is using it since ${owner.since}`
    : "another process is using it";
  return new ComfydockError(
    registryErrors.REGISTRY_CACHE_BUSY,
    `Cannot write the cache "${path}": ${holder}`,
    { hint: "Wait until the other run has ended", details: { path, ...owner } },
  );
}
