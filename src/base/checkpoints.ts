/** Told where a change of files stands; tests end the process there. */
export interface Checkpoints {
  /** Passes one named point, such as `journal:record:3`. */
  reach(name: string): void;
}

/** Passes every point. */
export const noCheckpoints: Checkpoints = { reach: () => {} };

/**
 * A test hook: `COMFYDOCK_KILL_AT=<name>[:count]` makes the process kill itself when it reaches a point (for the count-th time).
 *
 * The kill is SIGKILL, so nothing is cleaned up; that is what it is for.
 *
 * @param env The environment variables of the process.
 */
export function checkpointsFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Checkpoints {
  const wanted = env.COMFYDOCK_KILL_AT;
  if (!wanted) return noCheckpoints;
  let passed = 0;
  return {
    reach(name) {
      if (name === wanted) killSelf();
      const count = wanted.startsWith(`${name}:`) ? Number(wanted.slice(name.length + 1)) : NaN;
      if (Number.isInteger(count) && ++passed === count) killSelf();
    },
  };
}

function killSelf(): never {
  Deno.kill(Deno.pid, "SIGKILL");
  // Nothing may happen between the signal and its effect.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
