import { dirname, join } from "node:path";
import type { EnvironmentFixture } from "./environment_fixture.ts";

/** A workflow with one number, so that its versions can be told apart. */
export function workflowText(seed: number): string {
  return `${
    JSON.stringify(
      {
        nodes: [
          { id: 1, type: "VAELoader", widgets_values: ["ae.safetensors"] },
          { id: 2, type: "KSampler", widgets_values: [seed] },
        ],
        links: [],
        version: 0.4,
      },
      null,
      2,
    )
  }\n`;
}

/** The two sides of a workflow of the environment `demo`. */
export function sidesOf(
  { environment }: Pick<EnvironmentFixture, "environment">,
  name: string,
): { readonly kept: string; readonly copy: string } {
  return {
    kept: join(environment.workflows, `${name}.json`),
    copy: join(environment.comfyui, "user", "default", "workflows", `${name}.json`),
  };
}

/** Saves a workflow as ComfyUI does. */
export async function saveInComfyUI(
  fixture: Pick<EnvironmentFixture, "environment">,
  name: string,
  text: string,
): Promise<void> {
  const { copy } = sidesOf(fixture, name);
  await Deno.mkdir(dirname(copy), { recursive: true });
  await Deno.writeTextFile(copy, text);
}
