import { readLockedPackages } from "./wheels/read_lock.ts";

const LOCAL = /\b(?:path|directory|editable)\b/;

/**
 * Tells which packages of a lock lie on the machine where it was made: uv looks for them at the same place everywhere.
 *
 * @param where What messages call the lock.
 * @returns One sentence each, without a full stop.
 * @throws `DATA_INVALID`
 */
export function tellLocal(lockText: string | undefined, where: string): readonly string[] {
  // Hardly any lock has such packages, and large ones take a while to be parsed.
  if (lockText === undefined || !LOCAL.test(lockText)) return [];
  return readLockedPackages(lockText, where).flatMap(({ name, source }) =>
    source.kind === "local"
      ? [`The package ${name} does not come along: uv looks for it at "${source.path}"`]
      : []
  );
}
