import { completeTakeover } from "../../environment/takeover/mod.ts";
import type { EnvironmentWorld } from "../../environment/mod.ts";
import { readComfyUISource, readDefaultComfyUIUrl } from "../../comfyui/mod.ts";
import { readManifest } from "../../pyproject/mod.ts";
import type { BundleSource } from "../types.ts";
import type { ForeignDescription, ForeignTools } from "./types.ts";

/**
 * Makes something to import out of what another tool wrote: what it leaves open is found out, and what did not come over
 * is told.
 *
 * @throws `COMFYUI_VERSION_NOT_FOUND`, `PACKAGE_CONFLICT`, and what getting ComfyUI and uv throw
 */
export async function openDescription(
  world: EnvironmentWorld,
  { kind, name, takeover }: ForeignDescription,
  tools: ForeignTools,
): Promise<BundleSource> {
  const comfyui = await tools.comfyui?.() ??
    await readComfyUISource(await readDefaultComfyUIUrl(), Deno.cwd());
  const torchBackend = await tools.torchBackend?.() ?? takeover.torchBackend;
  const completed = await completeTakeover(world, { ...takeover, torchBackend }, {
    ...tools,
    name: tools.name ?? name,
    command: "import",
    comfyui,
  });
  const { manifestText, lockText, files, findings } = completed;
  return {
    named: takeover.named,
    content: {
      foreign: { kind, findings },
      manifestText,
      manifest: readManifest(manifestText, takeover.named),
      lockText,
      files,
      nodes: new Map(),
      models: new Map(),
    },
    // The files of packs are in the store by now.
    unpackNodes: () => Promise.resolve(new Map()),
    readModels: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
