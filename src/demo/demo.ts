import { environmentStep } from "./environment_step.ts";
import { modelsStep } from "./models_step.ts";
import { registryStep } from "./registry_step.ts";
import type { DemoStep, DemoWorld } from "./types.ts";

/** A part of the demo, in the order in which they are shown. */
const STEPS: readonly ((world: DemoWorld) => Promise<DemoStep>)[] = [
  registryStep,
  modelsStep,
  environmentStep,
];

/**
 * Shows the whole tool on embedded samples, with no network but loopback save for packages that are not cached.
 *
 * A step whose tools are missing is skipped and says what would help; any other failure ends the demo.
 */
export async function runDemo(world: DemoWorld): Promise<DemoStep[]> {
  const done: DemoStep[] = [];
  for (const step of STEPS) done.push(await step(world));
  return done;
}
