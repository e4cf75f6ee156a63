import { counted } from "../../base/mod.ts";
import { publishedFile, publishedPlace, requireDistribution } from "../../distribution/mod.ts";
import { withNodeIndex } from "../../nodes/index/mod.ts";
import { type Pulled, pullMappings } from "../../nodes/pull/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { nodeIndexOptions } from "../../session/node_index/mod.ts";
import { configValue, type Workspace } from "../../workspace/reading/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace, readConfig, workspaceIfThere } from "../workspace/access.ts";
import type { pullOptions } from "./query_options.ts";

const PUBLISHED_FILE = "node_mappings.json";

/** What `registry pull` tells: the plan of a dry run, or what came. */
export interface PullData {
  readonly dry_run: boolean;
  readonly sources: readonly string[];
  readonly target: string;
  readonly pulled?: Pulled;
}

/** Pulls published mappings into the workspace, or into a file. */
export async function run(
  { options, dryRun }: InputOf<typeof pullOptions>,
  context: CommandContext,
): Promise<Outcome<PullData>> {
  const { output, sha256 } = options;
  const workspace = output === undefined
    ? await openNamedWorkspace(context)
    : await workspaceIfThere(context);
  const followed = await followedPlace(context, workspace);
  const sources = options.from.length > 0
    ? options.from.map((place) => publishedPlace(place, PUBLISHED_FILE))
    : [followed ?? await defaultPlace()];
  const target = output ?? workspace!.layout.pulledMappings;
  const plan = { sources: [...sources], target };
  if (dryRun) return { data: { ...plan, dry_run: true } };
  const { report, signal } = context;
  const http = await context.http();
  const pulled = await pullMappings({ sources, target, sha256, http, report, signal });
  if (output === undefined) {
    if (followed !== undefined && !sources.includes(followed)) tellFollowed(context, followed);
    // Made now, so that queries of the registry see it too, which make nothing.
    await withNodeIndex(await nodeIndexOptions(context, workspace), () => {});
  }
  return { data: { ...plan, dry_run: false, pulled } };
}

async function followedPlace(
  context: CommandContext,
  workspace: Workspace | undefined,
): Promise<string | undefined> {
  const place = configValue(await readConfig(context, workspace), "mappings_url");
  return place === undefined ? undefined : String(place);
}

async function defaultPlace(): Promise<string> {
  return publishedFile(await requireDistribution("registry pull"), PUBLISHED_FILE);
}

function tellFollowed({ report }: CommandContext, followed: string): void {
  report.emit({
    kind: "warned",
    code: "MAPPINGS_URL_FOLLOWED",
    message: `The workspace follows ${followed} and not what was pulled, ` +
      "until `comfydock config unset mappings_url`",
  });
}

/** What came, and where it is. */
export function view({ dry_run, sources, target, pulled }: PullData): string[] {
  if (dry_run || !pulled) return [`Would pull from ${sources.join(", ")} into ${target}`];
  const { changed, source, verified, generated_at, packages, signatures } = pulled;
  return [
    changed ? `Pulled ${source}` : `${source} has not changed`,
    `${counted(signatures, "node signature")} of ${counted(packages, "package")}, ` +
    `made ${generated_at}`,
    verified === "none" ? "No checksum is published with it" : "The checksum is right",
    `It is in ${target}`,
  ];
}
