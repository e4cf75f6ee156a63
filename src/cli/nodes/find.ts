import { ComfydockError, counted } from "../../base/mod.ts";
import { nodeErrors, withNodeIndex, type WorkspaceNodeIndex } from "../../nodes/index/mod.ts";
import { formatCount, type Outcome, type Style } from "../../output/mod.ts";
import { nodeIndexOptions } from "../../session/node_index/mod.ts";
import { shortenLine } from "../lines.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { workspaceIfThere } from "../workspace/access.ts";
import type { findOptions } from "./find_options.ts";
import { installedIds, type InstalledPacks, readInstalled } from "./installed.ts";

/** What `node find` tells. */
export interface FindData {
  readonly query: string;
  /** The words that were searched for instead, when nothing has those of the query. */
  readonly corrected: string | null;
  /** `starter`, or where the published mappings came from. */
  readonly source: string;
  readonly generated_at: string;
  /** Best first. */
  readonly hits: readonly FindHit[];
}

/** One pack that was found. */
export interface FindHit {
  readonly id: string;
  readonly name: string;
  /** Newest live version, where versions are known. */
  readonly version: string | null;
  readonly author: string | null;
  readonly description: string | null;
  readonly repository: string | null;
  readonly source: "registry" | "manager";
  readonly downloads: number;
  readonly github_stars: number;
  /** Whether the active environment has it. */
  readonly installed: boolean;
  /** What fits, such as `name` or `class FaceDetailer`. */
  readonly matched: string;
  readonly score: number;
}

/** Finds node packs; exit code 4 when nothing fits. */
export async function run(
  { args, options }: InputOf<typeof findOptions>,
  context: CommandContext,
): Promise<Outcome<FindData>> {
  const query = args.join(" ");
  const workspace = await workspaceIfThere(context);
  const installed = await readInstalled(context, workspace);
  const data = await withNodeIndex(
    await nodeIndexOptions(context, workspace),
    (index) => find(index, query, options.limit, installed),
  );
  if (data.hits.length > 0) return { data };
  throw new ComfydockError(
    nodeErrors.NODE_PACK_NOT_FOUND,
    `Cannot find a node pack for "${query}"`,
    {
      hint: "Try fewer or other words, or the name of a node",
      details: { query, source: data.source },
    },
  );
}

function find(
  index: WorkspaceNodeIndex,
  query: string,
  limit: number,
  packs: InstalledPacks | undefined,
): FindData {
  const installed = packs
    ? installedIds(packs, (url) => index.packageOfRepository(url)?.id)
    : new Map<string, never>();
  const options = { limit, installed: new Set(installed.keys()) };
  const { found, corrected = null } = index.search(query, options);
  const hits = found.map(({ id, package: pack, version = null, matched, score }) => ({
    id,
    name: pack.display_name || id,
    version,
    author: pack.author ?? null,
    description: pack.description ?? null,
    repository: pack.repository ?? null,
    source: pack.source ?? "registry" as const,
    downloads: pack.downloads ?? 0,
    github_stars: pack.github_stars ?? 0,
    installed: installed.has(id),
    matched,
    score,
  }));
  return { query, corrected, source: index.origin, generated_at: index.generatedAt, hits };
}

/** Three lines a pack: what it is called and its standing, what it says of itself, and why it is here. */
export function view({ hits, corrected }: FindData, style: Style): string[] {
  return [
    ...(corrected === null ? [] : [`Nothing has these words; searched for "${corrected}"`]),
    ...hits.flatMap((hit) => {
      const standing = [
        ...(hit.downloads > 0 ? [counted(hit.downloads, "download")] : []),
        ...(hit.github_stars > 0 ? [`${formatCount(hit.github_stars)} stars`] : []),
      ].join(", ");
      const title = `${style.bold(hit.id)}${hit.version === null ? "" : ` ${hit.version}`}`;
      const mark = hit.installed ? `  ${style.green("installed")}` : "";
      const about = hit.description ?? hit.repository ?? "";
      return [
        `${title}  ${hit.name}  ${style.dim(standing)}${mark}`.trimEnd(),
        ...(about === "" ? [] : [`  ${shortenLine(about, style.width - 2)}`]),
        ...(hit.matched === "name"
          ? []
          : [`  ${style.dim(shortenLine(hit.matched, style.width - 2))}`]),
      ];
    }),
  ];
}
