import { ComfydockError } from "../../base/mod.ts";
import { bundleErrors } from "../errors.ts";

/** An error for a package whose wheel cannot come along. */
export function cannotPack(
  name: string,
  why: string,
  hint = "Take a release with wheels from an index, or leave --offline-packages out",
): ComfydockError {
  return new ComfydockError(
    bundleErrors.BUNDLE_INCOMPLETE,
    `Cannot pack the package ${name}: ${why}`,
    { hint, details: { package: name } },
  );
}
