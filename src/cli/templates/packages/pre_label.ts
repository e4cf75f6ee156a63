import { ComfydockError } from "../../../base/mod.ts";
import { parsePreLabel } from "../../../templates/versions/mod.ts";
import { cliErrors } from "../../errors.ts";

/**
 * Options whose label of pre-releases is as versions carry it.
 *
 * @throws `OPTION_VALUE_INVALID` for a label that no version can have
 */
export function withPreLabel<Options extends { readonly pre?: string }>(options: Options): Options {
  if (options.pre === undefined) return options;
  const pre = parsePreLabel(options.pre);
  if (pre !== undefined) return { ...options, pre };
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot use "${options.pre}" for --pre: no version ends so`,
    { hint: "Give a label such as a1, b2 or rc1" },
  );
}
