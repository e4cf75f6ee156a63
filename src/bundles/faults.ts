import { ComfydockError } from "../base/mod.ts";
import { bundleErrors } from "./errors.ts";

/** An error for a bundle that cannot be imported as it is. */
export function invalidBundle(where: string, why: string, path?: string): ComfydockError {
  return new ComfydockError(
    bundleErrors.BUNDLE_INVALID,
    `Cannot use the bundle "${where}": ${why}`,
    {
      hint: "Fetch the bundle again, or ask for it to be exported again",
      details: { bundle: where, path },
    },
  );
}

/** An error for what cannot be packed. */
export function incomplete(what: string, command: string): ComfydockError {
  return new ComfydockError(bundleErrors.BUNDLE_INCOMPLETE, `Cannot export: ${what}`, {
    hint: `Run ${command} first`,
  });
}
