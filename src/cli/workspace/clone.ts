import { counted } from "../../base/mod.ts";
import { applyClone, planClone } from "../../environment/clone/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import { checkEnvironmentName, findEnvironment } from "../../workspace/mod.ts";
import { newCommandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace } from "./access.ts";
import type { cloneOptions } from "./options.ts";

/** What `clone` tells. */
export interface CloneData {
  readonly dry_run: boolean;
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly with_data: boolean;
  readonly active: boolean;
  /** How many packages the clone's `.venv` holds; absent with --dry-run. */
  readonly packages?: number;
}

/** Copies an environment. */
export async function run(
  { options: { withData, use }, args, dryRun }: InputOf<typeof cloneOptions>,
  context: CommandContext,
): Promise<Outcome<CloneData>> {
  const [source = "", name = ""] = args;
  const workspace = await openNamedWorkspace(context);
  const from = await findEnvironment(workspace, source);
  checkEnvironmentName(name);
  const { world } = await newCommandEnvironment(context, workspace, name);
  const request = { withData, use };
  const { layout } = workspace;
  const { to, path, ...done } = dryRun
    ? await planClone(layout, from, world.environment, request)
    : await applyClone(world, from, request);
  return {
    data: {
      dry_run: dryRun,
      from: from.name,
      to,
      path,
      with_data: withData,
      active: use,
      packages: "packages" in done ? Number(done.packages) : undefined,
    },
  };
}

/** What the clone is. */
export function view(data: CloneData, style: Style): string[] {
  const { dry_run, from, to, path, with_data, packages, active } = data;
  const what = packages === undefined ? "" : `, ${counted(packages, "package")}`;
  return [
    `${dry_run ? "Would copy" : "Copied"} ${from} to ${style.bold(to)} at ${path}${what}`,
    ...(with_data
      ? []
      : [style.dim("  without input, output and user data; --with-data copies them")]),
    ...(active || dry_run ? [] : [style.dim(`  comfydock use ${to} makes it the active one`)]),
  ];
}
