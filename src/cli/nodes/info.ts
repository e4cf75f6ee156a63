import { ComfydockError } from "../../base/mod.ts";
import { openAnswerCache } from "../../http/answers/mod.ts";
import {
  chooseVersion,
  createPackageReader,
  describeClasses,
  nodeErrors,
  type PackageFacts,
  type PackageFinding,
  validatePackage,
  withNodeIndex,
} from "../../nodes/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { nodeIndexOptions } from "../../session/node_index/mod.ts";
import { shippedDefaults } from "../../session/workspace/mod.ts";
import { configValue, type Workspace } from "../../workspace/reading/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { readConfig, workspaceIfThere } from "../workspace/access.ts";
import type { infoOptions } from "./find_options.ts";
import { findPackage } from "./find_package.ts";
import { type InfoData, toInfoData } from "./info_data.ts";
import { installedIds, readInstalled } from "./installed.ts";

export { view } from "./info_view.ts";

const RETRIES = 2;

/** Tells what is known of a pack; with `--validate` exit code 1 when something keeps it from being installed. */
export async function run(
  { args, options }: InputOf<typeof infoOptions>,
  context: CommandContext,
): Promise<Outcome<InfoData>> {
  const workspace = await workspaceIfThere(context);
  const config = await readConfig(context, workspace, { defaults: await shippedDefaults() });
  const { report, signal, clock, options: { offline } } = context;
  const http = () => context.http({ retries: RETRIES });
  using answers = openAnswerCache(workspace?.layout.apiCache ?? ":memory:", { report, clock });
  const registryUrl = String(configValue(config, "registry_url"));
  const indexOptions = await nodeIndexOptions(context, workspace, config);
  const data = await withNodeIndex(indexOptions, async (index) => {
    const reader = createPackageReader({ index, registryUrl, answers, http, report, signal });
    const { facts, wanted } = await findPackage(args[0]!, index, reader, offline);
    const platform = { os: Deno.build.os };
    const chosen = chooseVersion(facts.versions, platform) ?? facts.versions[0];
    const classes = await describeClasses(facts, wanted ?? chosen?.version, index, reader);
    const findings = options.validate
      ? await validate(facts, wanted, classes.names, { context, workspace, http })
      : undefined;
    const packs = await readInstalled(context, workspace);
    const idOf = (url: string) => index.packageOfRepository(url)?.id;
    const twin = facts.repository && idOf(facts.repository);
    const installed = packs && installedIds(packs, idOf);
    const pack = installed?.get(facts.id) ?? (twin ? installed?.get(twin) : undefined);
    return toInfoData({
      facts,
      chosen: facts.versions.find(({ version }) => version === wanted) ?? chosen,
      classes,
      installed: packs && pack && { environment: packs.environment, ...pack },
      findings,
    });
  });
  if (!data.findings?.some(({ severity }) => severity === "error")) return { data };
  return { data, error: invalidPack(data) };
}

interface Surroundings {
  readonly context: CommandContext;
  readonly workspace: Workspace | undefined;
  readonly http: CommandContext["http"];
}

async function validate(
  facts: PackageFacts,
  wanted: string | undefined,
  classes: readonly string[],
  { context, workspace, http }: Surroundings,
): Promise<readonly PackageFinding[]> {
  const versions = wanted === undefined
    ? facts.versions
    : facts.versions.filter(({ version }) => version === wanted);
  return await validatePackage({ ...facts, versions }, classes, {
    http,
    downloads: workspace?.layout.downloads,
    platform: { os: Deno.build.os },
    signal: context.signal,
  });
}

function invalidPack({ id, findings }: InfoData): ComfydockError {
  const errors = (findings ?? []).filter(({ severity }) => severity === "error");
  return new ComfydockError(
    nodeErrors.NODE_PACK_INVALID,
    `The check of the node pack ${id} found ${errors.length} ${
      errors.length === 1 ? "error" : "errors"
    }: ${errors.map(({ message }) => message).join("; ")}`,
    { details: { id, findings } },
  );
}
