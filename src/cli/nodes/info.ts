import { ComfydockError } from "../../base/mod.ts";
import { chooseVersion, describeClasses, nodeErrors } from "../../nodes/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { checkPackage, findPackage, withPackages } from "../../session/nodes/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { workspaceIfThere } from "../workspace/access.ts";
import type { infoOptions } from "./find_options.ts";
import { type InfoData, toInfoData } from "./info_data.ts";
import { installedIds, readInstalled } from "./installed.ts";

export { view } from "./info_view.ts";

/** Tells what is known of a pack; with `--validate` exit code 1 when something keeps it from being installed. */
export async function run(
  { args, options }: InputOf<typeof infoOptions>,
  context: CommandContext,
): Promise<Outcome<InfoData>> {
  const workspace = await workspaceIfThere(context);
  const data = await withPackages(context, workspace, async ({ index, reader }) => {
    const { facts, wanted } = await findPackage(args[0]!, index, reader, context.offline);
    const chosen = chooseVersion(facts.versions, { os: Deno.build.os }) ?? facts.versions[0];
    const classes = await describeClasses(facts, wanted ?? chosen?.version, index, reader);
    const findings = options.validate
      ? await checkPackage(context, workspace, { facts, wanted, classes: classes.names })
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
