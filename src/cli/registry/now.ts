import { ComfydockError } from "../../base/mod.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext } from "../types.ts";

/**
 * The time that a command writes into files.
 *
 * @param given The value of `--now`, RFC 3339, or the clock's time.
 * @returns RFC 3339 UTC, to the second.
 * @throws `OPTION_VALUE_INVALID`
 */
export function commandTime(given: string | undefined, context: CommandContext): string {
  const time = given === undefined ? context.clock.now() : Date.parse(given);
  if (Number.isNaN(time) || (given !== undefined && !/^\d{4}-\d\d-\d\d/.test(given))) {
    throw new ComfydockError(
      cliErrors.OPTION_VALUE_INVALID,
      `Cannot read the time "${given}" of --now`,
      {
        hint: "Write it like 2026-08-20T02:00:00Z",
      },
    );
  }
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");
}
