import type { Follower } from "../followers/mod.ts";
import type { Examiner } from "./types.ts";

/** Looks at what follows the manifest, such as nodes: what `sync` would bring along, repair does, too. */
export function examinerOf({ plan }: Follower): Examiner {
  return async (world, state) => {
    if (!state) return [];
    const steps = await plan({ world, command: "repair", manifest: state.manifest });
    return steps.map(({ apply, ...step }) => ({ ...step, fix: apply }));
  };
}
