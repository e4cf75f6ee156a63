import { join } from "node:path";
import { cacheDirectory } from "./built_binary.ts";
import { fetchWheel } from "./fetched_wheel.ts";

/** The workflow templates that ComfyUI ships, by name, as their package has them. */
export async function* templateWorkflows(): AsyncGenerator<readonly [name: string, path: string]> {
  const module = "comfyui_workflow_templates_json";
  const unpacked = await fetchWheel({
    requirement: "comfyui-workflow-templates-json==0.1.123",
    sha256: "fc321960cfc4f52dddc3ee111f33489b167eb7958028eb5b6a7f3fa8865a385e",
    purpose: "workflows are read from it",
  }, cacheDirectory);
  const directory = join(unpacked, module, "templates");
  const names: string[] = [];
  for await (const { name } of Deno.readDir(directory)) {
    if (name.endsWith(".json") && !/^(index|fuse_options)/.test(name)) names.push(name);
  }
  for (const name of names.sort()) yield [name, join(directory, name)];
}
