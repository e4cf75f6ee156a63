import { ComfydockError, likeness } from "../../base/mod.ts";
import { workflowChangeErrors } from "./errors.ts";

const MOST_NAMED = 3;

/**
 * Says which workflows come near a name that none has.
 *
 * @param doing What was to be done, such as `track`.
 * @param known The names that there are.
 */
export function workflowNotFound(
  doing: string,
  name: string,
  known: readonly string[],
): ComfydockError {
  const near = known.map((one) => ({ one, distance: distanceOf(name, one) }))
    .filter(({ distance }) => distance < Infinity)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_NAMED).map(({ one }) => one);
  return new ComfydockError(
    workflowChangeErrors.WORKFLOW_NOT_FOUND,
    `Cannot ${doing} the workflow "${name}": there is none of that name`,
    {
      hint: near.length > 0
        ? `Did you mean ${near.join(" or ")}? comfydock workflow status lists all`
        : known.length > 0
        ? "Run comfydock workflow status to see all"
        : "Save one in ComfyUI first, or run comfydock workflow import FILE",
      details: { name, nearest: near },
    },
  );
}

/** People leave out folders. */
function distanceOf(typed: string, name: string): number {
  return Math.min(likeness(typed, name), likeness(typed, name.slice(name.lastIndexOf("/") + 1)));
}
