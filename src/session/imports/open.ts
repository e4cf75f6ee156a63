import { type BundleSource, openSource, readReference } from "../../bundles/mod.ts";
import { type ComfyUISource, readComfyUISource } from "../../comfyui/mod.ts";
import type { EnvironmentWorld } from "../../environment/world/mod.ts";
import type { TorchIndex } from "../../pyproject/mod.ts";
import { environmentLayout, type Workspace } from "../../workspace/reading/mod.ts";
import { configuredComfyUI, detectedTorch, suitableTorch } from "../creation/mod.ts";
import { openEnvironment } from "../environment/mod.ts";
import { withNodeResolver } from "../nodes/mod.ts";
import type { Session } from "../types.ts";

/** What is said of an import beforehand. */
export interface ImportWishes {
  /** Of the new environment; default what the bundle says. */
  readonly name?: string;
  /** Address or directory of ComfyUI's repository. */
  readonly comfyuiSource?: string;
  /** Of what another tool wrote: a version of Python; default what it says itself, where ComfyUI supports it. */
  readonly python?: string;
  /** Of what another tool wrote: `auto`, `cpu`, `cuNNN`, `rocmX.Y`, `xpu` or `none`; default what it says itself. */
  readonly torchBackend?: string;
  /** Of what another tool wrote: where builds of PyTorch come from. */
  readonly torchIndex?: TorchIndex;
}

/** An opened import. */
export interface OpenedImport {
  /** Of the workspace; its environment does not matter yet. */
  readonly world: EnvironmentWorld;
  readonly source: BundleSource;
  /** Where ComfyUI shall come from; absent where nobody said so. */
  readonly comfyui?: ComfyUISource;
}

/** The name under which the workspace is opened until the bundle has said its own; nothing is written there. */
const UNNAMED = "import";

/**
 * Opens what an environment is imported from; all of it has been checked then.
 *
 * @param text A bundle, a directory, or an address.
 * @throws `BUNDLE_INVALID`, `COMFYUI_SOURCE_INVALID`, and what archives, directories, git and downloads throw
 */
export async function openImport(
  session: Session,
  workspace: Workspace,
  text: string,
  { name, comfyuiSource, python, torchBackend: backend, torchIndex }: ImportWishes = {},
): Promise<OpenedImport> {
  const reference = await readReference(text, Deno.cwd());
  const comfyui = comfyuiSource === undefined
    ? undefined
    : await readComfyUISource(comfyuiSource, Deno.cwd());
  const layout = environmentLayout(workspace.layout, UNNAMED);
  const place = await openEnvironment(session, workspace, layout);
  // Nothing is looked up for what comfydock wrote itself.
  const source = await withNodeResolver(
    session,
    place,
    ({ resolve }) =>
      openSource(place.world, reference, {
        name,
        comfyui: async () => comfyui ?? await configuredComfyUI(place),
        resolve,
        detectTorch: () => suitableTorch(place, session),
        torchBackend: async () =>
          backend === "auto" ? await detectedTorch(place, session) : backend,
        torchIndex,
        python,
      }),
    { target: {} },
  );
  return { world: place.world, source, comfyui };
}
