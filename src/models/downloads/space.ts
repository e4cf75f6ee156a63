import { baseErrors, ComfydockError } from "../../base/mod.ts";
import { freeSpace } from "../../workspace/mod.ts";

/** What is left free for others, in bytes. */
const RESERVE = 64 * 1024 * 1024;

/** Room on disk, shared among the files that are being fetched. */
export interface SpaceGuard {
  /**
   * Claims room for what is still to come of a file.
   *
   * @throws `DISK_FULL` when it is not there
   */
  claim(path: string, bytes: number): Promise<void>;
  /** Says how much of a file is still to come. */
  left(path: string, bytes: number): void;
  /** Gives back what a file claimed. */
  release(path: string): void;
}

/** Makes a guard that knows what other files of the same call still need. */
export function createSpaceGuard(): SpaceGuard {
  const claims = new Map<string, number>();
  return {
    async claim(path, bytes) {
      const free = await freeSpace(path);
      const others = [...claims].filter(([other]) => other !== path)
        .reduce((sum, [, claimed]) => sum + claimed, 0);
      claims.set(path, bytes);
      if (bytes + others + RESERVE > free) throw noRoom(path, bytes, Math.max(0, free - others));
    },
    left: (path, bytes) => {
      if (claims.has(path)) claims.set(path, bytes);
    },
    release: (path) => void claims.delete(path),
  };
}

function noRoom(path: string, bytes: number, free: number): ComfydockError {
  const missing = toMegabytes(bytes + RESERVE - free);
  return new ComfydockError(
    baseErrors.DISK_FULL,
    `Cannot write "${path}": ${toMegabytes(bytes)} MB are still to come, ${
      toMegabytes(free)
    } MB are free`,
    {
      hint:
        `Free ${missing} MB, or name another directory with comfydock config set models_dir DIR`,
      details: { path, bytes, free },
    },
  );
}

function toMegabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
