import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  applyImport,
  type BundleReference,
  exportEnvironment,
  type ExportReport,
  type ImportReport,
  openSource,
  prepareImport,
} from "../../src/bundles/mod.ts";
import { readComfyUISource } from "../../src/comfyui/mod.ts";
import { addNodes } from "../../src/environment/nodes/mod.ts";
import { editManifest, setModel } from "../../src/pyproject/mod.ts";
import type { NodeTarget } from "../../src/nodes/mod.ts";
import type { EnvironmentFixture, WorldChoices } from "./environment_fixture.ts";
import { packResolver, startPackRegistry, worldWithPacks } from "./node_packs.ts";
import { put, track } from "./tracked_workflows.ts";

/** The bytes of the model of the scene. */
export const MODEL: Uint8Array<ArrayBuffer> = new TextEncoder().encode("weights ".repeat(40_000));

/** Gives an environment a pack of each kind that a bundle knows, a model and a workflow. */
export async function furnish(fixture: EnvironmentFixture): Promise<void> {
  const { root, world, workspace, environment } = fixture;
  await using registry = startPackRegistry({ id: "alpha", version: "1.0.0" });
  const packs = (choices?: WorldChoices) => worldWithPacks({ ...fixture, world }, choices);
  await addNodes(packs(), { named: ["alpha"], resolve: packResolver(registry) });
  for (const source of ["local", "development"] as const) {
    const path = join(root, `${source}-pack`);
    await put(join(path, "__init__.py"), `NODE_CLASS_MAPPINGS = {"${source}": None}\n`);
    await put(join(path, "tool.sh"), "#!/bin/sh\n");
    await Deno.chmod(join(path, "tool.sh"), 0o755);
    const target: NodeTarget = { source, id: `${source}-pack`, name: `${source} pack`, path };
    const dev = source === "development";
    await addNodes(packs(), { named: [path], dev, resolve: () => Promise.resolve(target) });
  }
  const model = {
    key: "base",
    name: "base.safetensors",
    sha256: createHash("sha256").update(MODEL).digest("hex"),
    size: MODEL.length,
    sources: [],
    localPath: "models/checkpoints/base.safetensors",
    criticality: "required" as const,
  };
  await Deno.mkdir(join(workspace.defaultModels, "checkpoints"), { recursive: true });
  await Deno.writeFile(join(workspace.defaultModels, "checkpoints", "base.safetensors"), MODEL);
  const text = await Deno.readTextFile(environment.manifest);
  await Deno.writeTextFile(environment.manifest, editManifest(text, [setModel(model)], "x"));
  await track(fixture, { portrait: '{"nodes": [],\n "links": []}\n' });
}

/** Packs everything of `demo`. */
export async function exportAll(
  { world }: EnvironmentFixture,
  file: string,
): Promise<ExportReport> {
  return await exportEnvironment(world(), { file, nodes: "all", models: true, dryRun: false });
}

/** Imports into a workspace. */
export async function importInto(
  fixture: EnvironmentFixture,
  reference: BundleReference,
  options: WorldChoices & { readonly name: string; readonly strict?: boolean },
): Promise<ImportReport> {
  const { name, strict = false, ...choices } = options;
  const world = fixture.world({ ...choices, name });
  await using source = await openSource(world, reference);
  const comfyui = await readComfyUISource(fixture.source, fixture.root);
  const request = { name, strict, comfyui, use: false };
  return await applyImport(world, source, await prepareImport(world, source, request), request);
}
