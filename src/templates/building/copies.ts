import { ComfydockError } from "../../base/mod.ts";
import { templateErrors } from "../errors.ts";
import type { CopyFault } from "./types.ts";

/** The error for copies that are not as they should be. */
export function copiesError(faults: readonly CopyFault[]): ComfydockError {
  const shown = faults.slice(0, 10).map(({ target, fault }) => `${target} (${fault})`);
  const more = faults.length > shown.length ? [`and ${faults.length - shown.length} more`] : [];
  return new ComfydockError(
    templateErrors.E_COPIES,
    `Cannot build: packages lack files that they ship: ${[...shown, ...more].join(", ")}`,
    { hint: "Run `comfydock templates sync`", details: { files: faults } },
  );
}

/** The error for files that another builder would pack although no package ships them. */
export function unplannedError(paths: readonly string[]): ComfydockError {
  return new ComfydockError(
    templateErrors.E_COPIES,
    `Cannot build: ${paths[0]} belongs to no template, and would be packed${
      paths.length > 1 ? `, as ${paths.length - 1} more` : ""
    }`,
    { hint: "Remove it, or build with --builder native", details: { files: paths } },
  );
}
