import { join } from "node:path";

/**
 * Runs work while nothing can be written below a directory: by permissions, or for root by a read-only mount.
 *
 * @returns Whether that could be had.
 */
export async function withReadOnly(directory: string, work: () => Promise<void>): Promise<boolean> {
  if (Deno.build.os === "windows") return false;
  if (Deno.uid() !== 0) {
    await Deno.chmod(directory, 0o555);
    try {
      await work();
    } finally {
      await Deno.chmod(directory, 0o755);
    }
    return true;
  }
  if (!await succeeds("mount", "--bind", directory, directory)) return false;
  try {
    if (!await succeeds("mount", "-o", "remount,ro,bind", directory)) return false;
    await work();
    return true;
  } finally {
    await succeeds("umount", "-l", directory);
  }
}

/** A file system of its own that can be filled up. */
export interface FillableDisk {
  /** Leaves only this much room, in kilobytes. */
  leave(kilobytes: number): Promise<void>;
  /** Makes room again. */
  free(): Promise<void>;
}

/**
 * Runs work with a directory whose content lies on a small file system of its own; needs the right to mount.
 *
 * @param megabytes Size of the file system.
 * @returns Whether that could be had.
 */
export async function withFillableDisk(
  directory: string,
  megabytes: number,
  work: (disk: FillableDisk) => Promise<void>,
): Promise<boolean> {
  if (Deno.build.os !== "linux") return false;
  const away = `${directory}-away`;
  await Deno.rename(directory, away);
  await Deno.mkdir(directory);
  const options = ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", directory];
  const mounted = await succeeds("mount", ...options);
  try {
    if (!mounted) return false;
    await succeeds("cp", "-a", `${away}/.`, directory);
    const ballast = join(directory, "ballast");
    const free = async () => {
      if (await Deno.stat(ballast).then(() => true, () => false)) await Deno.remove(ballast);
    };
    await work({
      free,
      async leave(kilobytes) {
        await free();
        const { stdout } = await new Deno.Command("df", {
          args: ["--output=avail", "-k", directory],
        }).output();
        const available = Number(new TextDecoder().decode(stdout).trim().split("\n").at(-1));
        await Deno.writeFile(ballast, new Uint8Array((available - kilobytes) * 1024));
        if (kilobytes === 0) await fillUp(ballast);
      },
    });
    return true;
  } finally {
    if (mounted) await succeeds("umount", "-l", directory);
    await Deno.remove(directory, { recursive: true });
    await Deno.rename(away, directory);
  }
}

/** What `df` tells is a moment old: room that was given back since is taken, too. */
async function fillUp(ballast: string): Promise<void> {
  using file = await Deno.open(ballast, { append: true });
  try {
    for (;;) await file.write(new Uint8Array(4096));
  } catch (error) {
    if (!/No space left/i.test(`${error}`)) throw error;
  }
}

async function succeeds(program: string, ...args: string[]): Promise<boolean> {
  const { success } = await new Deno.Command(program, { args, stdout: "null", stderr: "null" })
    .output();
  return success;
}
