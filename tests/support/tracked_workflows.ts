import { dirname, join } from "node:path";
import { commitEnvironment } from "../../src/environment/mod.ts";
import { editManifest, setTrackedWorkflow } from "../../src/pyproject/mod.ts";
import type { EnvironmentFixture } from "./environment_fixture.ts";

/** Both places of a workflow, by its name without `.json`. */
export function placesOf(
  { environment: { workflows, comfyui } }: EnvironmentFixture,
  name: string,
): { readonly tracked: string; readonly copy: string } {
  const copies = join(comfyui, "user", "default", "workflows");
  return { tracked: join(workflows, `${name}.json`), copy: join(copies, `${name}.json`) };
}

/** Writes a file with the directories above it. */
export async function put(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, text);
}

/** Reads a file; nothing where there is none. */
export async function textAt(path: string): Promise<string | undefined> {
  return await Deno.readTextFile(path).catch(() => undefined);
}

/** Gives workflows a content, tracks them, and commits; ComfyUI gets the same where it shall have copies. */
export async function track(
  fixture: EnvironmentFixture,
  contents: Readonly<Record<string, string>>,
  { copies = true, hash }: { readonly copies?: boolean; readonly hash?: string } = {},
): Promise<void> {
  const { environment: { manifest } } = fixture;
  for (const [name, content] of Object.entries(contents)) {
    const { tracked, copy } = placesOf(fixture, name);
    await put(tracked, content);
    if (copies) await put(copy, content);
  }
  const edits = Object.keys(contents).map((name) =>
    setTrackedWorkflow({
      key: name.replace("/", "_"),
      file: `workflows/${name}.json`,
      hash,
      requires: { nodes: [], models: [], python: [] },
    })
  );
  await Deno.writeTextFile(
    manifest,
    editManifest(await Deno.readTextFile(manifest), edits, manifest),
  );
  await commitEnvironment(fixture.world(), `Track ${Object.keys(contents).join(" and ")}`);
}
