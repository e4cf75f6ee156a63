import { resolve } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import { modelErrors } from "../errors.ts";
import type { IndexedModel } from "../types.ts";
import type { ModelIndex } from "./index.ts";

/**
 * The one model that a text means: a digest or the beginning of one, a name, or a path.
 *
 * @returns Nothing when the index has none.
 * @throws `MODEL_AMBIGUOUS` when several fit
 */
export function findSingle(index: ModelIndex, identifier: string): IndexedModel | undefined {
  const named = index.find(identifier);
  const found = named.length > 0 ? named : index.byPath(resolve(identifier));
  if (found.length < 2) return found[0];
  throw new ComfydockError(
    modelErrors.MODEL_AMBIGUOUS,
    `Cannot tell which model "${identifier}" is: ${found.length} fit`,
    {
      hint: `Name one by its digest: ${
        found.slice(0, 5).map(({ blake3, name }) => `${blake3.slice(0, 12)} (${name})`).join(", ")
      }`,
      details: { id: identifier, models: found.map(({ blake3, name }) => ({ blake3, name })) },
    },
  );
}
