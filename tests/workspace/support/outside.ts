/**
 * Runs a test with a directory outside the usual temporary one: on another file system where the machine has such,
 * so that renames must copy.
 */
export async function withOutside(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ dir: await otherFileSystem() });
  try {
    await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** A writable directory on another file system than the temporary one, if there is any. */
export async function otherFileSystem(): Promise<string | undefined> {
  const shared = "/dev/shm";
  try {
    const probe = await Deno.makeTempDir({ dir: shared });
    await Deno.remove(probe);
    const usual = await Deno.makeTempDir();
    const differ = (await Deno.stat(usual)).dev !== (await Deno.stat(shared)).dev;
    await Deno.remove(usual);
    return differ ? shared : undefined;
  } catch {
    return undefined;
  }
}
