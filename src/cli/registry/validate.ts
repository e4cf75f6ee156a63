import { ComfydockError } from "../../base/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { validateFiles, type ValidationReport } from "../../pipeline/mod.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { validateOptions } from "./pipeline_options.ts";
import { renderFindings } from "./findings_view.ts";
import { commandTime } from "./now.ts";

/** Checks files of registry data; exit code 1 when there are errors. */
export async function run(
  { options }: InputOf<typeof validateOptions>,
  context: CommandContext,
): Promise<Outcome<ValidationReport>> {
  const { dataDir, cache, mappings } = options;
  if (dataDir === undefined && cache === undefined && mappings === undefined) {
    throw new ComfydockError(cliErrors.OPTION_MISSING, "Cannot validate nothing", {
      hint: "Name what to check with --data-dir, --cache or --mappings",
    });
  }
  const now = Date.parse(commandTime(options.now, context));
  const data = await validateFiles({ ...options, now, signal: context.signal });
  return { data, exit: data.ok ? 0 : 1 };
}

export { renderFindings as view };
