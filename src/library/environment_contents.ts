import type { AddReport, ModelChangeReport, RemoveDecision } from "../environment/models/mod.ts";
import type { ListedNode, NodeReport } from "../environment/nodes/mod.ts";
import type { LocatedUse } from "../models/mod.ts";
import { EnvironmentPlace } from "./environment_place.ts";

/** How a node pack is added. */
export interface AddNodeOptions {
  /** Takes in a directory that is in `custom_nodes` already. */
  readonly adopt?: boolean;
  /** Takes the repository of a pack that the registry has. */
  readonly git?: boolean;
  /** The path is a pack in development, which stays where it is. */
  readonly dev?: boolean;
  /** Whether it gets what it asks of Python; default yes. */
  readonly deps?: boolean;
  /** Runs the pack's own installation scripts; default no. */
  readonly runScripts?: boolean;
  /** Whether `.venv` follows; default yes. */
  readonly sync?: boolean;
  /** Only tells what would be done. */
  readonly dryRun?: boolean;
}

/** How a model is added. */
export interface AddModelOptions {
  /** Its file name from now on. */
  readonly as?: string;
  /** ComfyUI's folder, which may have folders below it: `loras/styles`. */
  readonly folder?: string;
  /** Whether workflows can do without it. */
  readonly optional?: boolean;
  /** What is noted beside it. */
  readonly meta?: Readonly<Record<string, string>>;
  /** A file from elsewhere is copied, even where it could be linked. */
  readonly copy?: boolean;
  /** Only tells what would be done. */
  readonly dryRun?: boolean;
}

/** How a model is removed. */
export interface RemoveModelOptions {
  /** Its file goes to the trash, unless another environment needs it. */
  readonly file?: boolean;
  /** Only tells what would be done. */
  readonly dryRun?: boolean;
}

/** The node packs and models of an environment. */
export class EnvironmentContents extends EnvironmentPlace {
  /** Adds a node pack by its registry id, the address of its repository, or its path. */
  async addNode(identifier: string, options: AddNodeOptions = {}): Promise<NodeReport> {
    const { addNodes } = await import("../environment/nodes/mod.ts");
    const { withNodeResolver } = await import("../session/nodes/mod.ts");
    const place = await this.open();
    return await withNodeResolver(
      this.workspace.session,
      place,
      (resolver) => addNodes(place.world, { ...resolver, ...options, named: [identifier] }),
      { fresh: true },
    );
  }

  /** Removes a node pack with its requirements; local changes go to the trash. */
  async removeNode(name: string): Promise<NodeReport> {
    const { removeNodes } = await import("../environment/nodes/mod.ts");
    return await removeNodes((await this.open()).world, [name]);
  }

  /** The node packs that its manifest names, and what is on disk of them. */
  async listNodes(): Promise<readonly ListedNode[]> {
    const { listNodes } = await import("../environment/nodes/mod.ts");
    return (await listNodes((await this.open()).world)).nodes;
  }

  /** Registers a model, and fetches it where it is not here: a path, a URL, `hf:…` or `civitai:…`. */
  async addModel(source: string, options: AddModelOptions = {}): Promise<AddReport> {
    const { addModel } = await import("../environment/models/mod.ts");
    const { optional = false, copy = false, dryRun = false, meta = {} } = options;
    const request = { ...options, optional, copy, dryRun, meta, text: source, cwd: Deno.cwd() };
    return await addModel((await this.open()).world, request);
  }

  /** Takes a model out of the manifest by its key, name, file name or digest. */
  async removeModel(
    name: string,
    { file = false, dryRun = false }: RemoveModelOptions = {},
  ): Promise<ModelChangeReport<RemoveDecision>> {
    const { removeModels } = await import("../environment/models/mod.ts");
    return await removeModels((await this.open()).world, { names: [name], file, dryRun });
  }

  /** The models that its manifest names, and what is here of them. */
  async listModels(): Promise<readonly LocatedUse[]> {
    const { locateUses, openIndexIfAny, readModelUses } = await import("../models/mod.ts");
    const { workspace: { layout } } = await this.open();
    using index = await openIndexIfAny(layout);
    return locateUses((await readModelUses(layout, this.name)).uses, index?.models() ?? []);
  }
}
