import { ComfydockError } from "../../base/mod.ts";
import { isOutdated, type NodeNews, readNodeNews } from "../../environment/nodes/mod.ts";
import { alignColumns, type Outcome, type Style } from "../../output/mod.ts";
import { withNodeResolver } from "../../session/nodes/mod.ts";
import { commandEnvironment } from "../environment/world.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { versionOf } from "./change_data.ts";
import { shortVersion } from "./change_view.ts";

/** What `node outdated` tells. */
export interface NodeOutdatedData {
  readonly environment: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly source: string;
    readonly enabled: boolean;
    /** A version, or the commit of a pack from git. */
    readonly current: string | null;
    /** Null where nothing newer is looked for. */
    readonly newest: string | null;
    readonly outdated: boolean;
    /** Why nothing newer is looked for. */
    readonly why: string | null;
  }[];
  /** Packs that could not be looked up. */
  readonly failures: readonly {
    readonly id: string;
    readonly code: string;
    readonly message: string;
  }[];
}

/** Looks for newer versions of the node packs; exit code 1 when one could not be looked up. */
export async function run(
  { args }: CommandInput,
  context: CommandContext,
): Promise<Outcome<NodeOutdatedData>> {
  const place = await commandEnvironment(context);
  return await withNodeResolver(context, place, async ({ resolve }) => {
    const { news, failures } = await readNodeNews(place.world, args, resolve);
    const data = {
      environment: place.environment.name,
      nodes: news.map(toData),
      failures: failures.map(({ named, error }) => ({
        id: named,
        code: error instanceof ComfydockError ? error.code : "INTERNAL",
        message: error.message,
      })),
    };
    return { data, exit: failures.length > 0 ? 1 : 0 };
  }, { fresh: true });
}

function toData(news: NodeNews): NodeOutdatedData["nodes"][number] {
  const { node, newest, why = null } = news;
  return {
    id: node.id,
    source: node.source,
    enabled: node.enabled,
    current: versionOf(node),
    newest: newest?.source === "registry"
      ? newest.version
      : newest?.source === "git"
      ? newest.commit
      : null,
    outdated: isOutdated(news),
    why,
  };
}

/** A line a pack that has a newer version. */
export function view({ environment, nodes, failures }: NodeOutdatedData, style: Style): string[] {
  const outdated = nodes.filter((node) => node.outdated);
  return [
    ...(outdated.length === 0 ? [`No node pack of ${environment} has a newer version`] : [
      ...alignColumns([
        ["pack", "installed", "newest"].map(style.dim),
        ...outdated.map(({ id, current, newest, enabled }) => [
          enabled ? id : `${id} (disabled)`,
          shortVersion(current),
          style.green(shortVersion(newest)),
        ]),
      ]),
      style.dim(`Run comfydock node update --all --env ${environment}`),
    ]),
    ...failures.map(({ id, message }) => style.red(`✗ ${id}: ${message}`)),
  ];
}
