import { resolve } from "node:path";
import type { FoundPackage, NodeTarget, ObtainedNode, PackageFinding } from "../nodes/mod.ts";
import type { OpenedEnvironment } from "../session/environment/mod.ts";
import { readWorkspace, type WorkspacePlace } from "./place.ts";

/** The name under which packs are looked up without an environment; nothing is written there. */
const UNNAMED = "lookup";

/** Finds node packs and gets their files; which environment they are for does not matter. */
export class NodeRegistry {
  readonly workspace: WorkspacePlace;

  /** Names the workspace whose node index, answers and store are used. */
  constructor(workspace: WorkspacePlace) {
    this.workspace = workspace;
  }

  /**
   * Says exactly what a reference stands for.
   *
   * @param identifier A registry id, with `@version` or without, the address of a repository, or a path.
   * @param isLocal Whether it is the path of a pack in development.
   */
  async getNode(identifier: string, isLocal: boolean = false): Promise<NodeTarget> {
    const { withNodeResolver } = await import("../session/nodes/mod.ts");
    return await withNodeResolver(
      this.workspace.session,
      await this.#open(),
      ({ resolve }) => resolve(identifier, { dev: isLocal }),
      { target: {} },
    );
  }

  /** Gets the files of a pack and writes them, as installed, to a directory that does not exist. */
  async downloadNode(node: NodeTarget, targetPath: string): Promise<ObtainedNode> {
    const { obtainNode, placeNode } = await import("../nodes/mod.ts");
    const { world } = await this.#open();
    const obtained = await obtainNode(world, node);
    await placeNode(world, obtained, resolve(targetPath));
    return obtained;
  }

  /** What a pack asks of Python, as PEP 508 has it; read from its files without running any. */
  async getNodeRequirements(node: NodeTarget): Promise<readonly string[]> {
    const { obtainNode, readPackRequirements } = await import("../nodes/mod.ts");
    const { tree } = await obtainNode((await this.#open()).world, node);
    const listed = node.source === "registry" ? node.listedRequirements : undefined;
    const { requirements } = await readPackRequirements(tree, { listed });
    return requirements.map(({ requirement }) => requirement);
  }

  /** Searches names, descriptions, tags and classes of packs; best first. */
  async searchNodes(query: string, limit: number = 10): Promise<readonly FoundPackage[]> {
    const { nodeIndexOptions } = await import("../session/node_index/mod.ts");
    const { withNodeIndex } = await import("../nodes/index/mod.ts");
    const options = await nodeIndexOptions(
      this.workspace.session,
      await readWorkspace(this.workspace),
    );
    return await withNodeIndex(options, (index) => index.find(query, { limit }));
  }

  /** Checks a pack as it would be installed here; empty when nothing is to be said against it. */
  async validateNode(identifier: string): Promise<readonly PackageFinding[]> {
    const { checkPackage, findPackage, withPackages } = await import("../session/nodes/mod.ts");
    const { describeClasses } = await import("../nodes/mod.ts");
    const { session } = this.workspace;
    const workspace = await readWorkspace(this.workspace);
    return await withPackages(session, workspace, async ({ index, reader }) => {
      const { facts, wanted } = await findPackage(identifier, index, reader, session.offline);
      const { names } = await describeClasses(facts, wanted, index, reader);
      return await checkPackage(session, workspace, { facts, wanted, classes: names });
    });
  }

  async #open(): Promise<OpenedEnvironment> {
    const { environmentLayout } = await import("../workspace/reading/mod.ts");
    const { openEnvironment } = await import("../session/environment/mod.ts");
    const workspace = await readWorkspace(this.workspace);
    const layout = environmentLayout(workspace.layout, UNNAMED);
    return await openEnvironment(this.workspace.session, workspace, layout);
  }
}
