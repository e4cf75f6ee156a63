import type { RequirementChange } from "../../../environment/diff/mod.ts";
import {
  editEnvironment,
  readComfyUIRequirements,
} from "../../../environment/manifest_change/mod.ts";
import { planRequirements, type RequirementRequest } from "../../../environment/packages/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import type { CommandContext } from "../../types.ts";
import { commandEnvironment } from "../world.ts";
import { type EditData, editData, packageLines } from "./edit_data.ts";

/** What commands tell that change requirements. */
export interface RequirementData extends EditData {
  /** Packages whose requirements differ. */
  readonly requirements: readonly RequirementChange[];
}

/** How requirements are changed. */
export interface RequirementCommand {
  readonly command: string;
  readonly request: RequirementRequest;
  readonly dryRun: boolean;
  readonly sync: boolean;
}

/** Changes requirements of the environment, with all that follows. */
export async function changeRequirements(
  context: CommandContext,
  { command, request, dryRun, sync }: RequirementCommand,
): Promise<Outcome<RequirementData>> {
  const { world, environment } = await commandEnvironment(context);
  const comfyui = await readComfyUIRequirements(environment.comfyui);
  const report = await editEnvironment(world, {
    command,
    plan: (state) => planRequirements(state, { ...request, comfyui }, environment.manifest),
    dryRun,
    sync,
  });
  for (const requirement of report.plan.dropped) {
    const message = `ComfyUI asks for "${requirement}", which the environment no longer does`;
    world.report.emit({ kind: "warned", code: "COMFYUI_REQUIREMENT_DROPPED", message });
  }
  const data = editData(environment.name, dryRun, report);
  return { data: { ...data, requirements: report.plan.changes } };
}

/** What was asked for, and what followed. */
export function requirementLines(data: RequirementData, style: Style): string[] {
  const { dry_run, environment, changed, requirements, packages } = data;
  if (!changed && packages.length === 0) return [`Nothing to do: ${environment} has it so already`];
  const head = dry_run ? `Would change ${environment}` : `Changed ${environment}`;
  const lines = requirements.flatMap(({ before, after }) => [
    ...before.filter((one) => !after.includes(one)).map((one) => style.red(`  - "${one}"`)),
    ...after.filter((one) => !before.includes(one)).map((one) => style.green(`  + "${one}"`)),
  ]);
  const locked = packageLines(data, style);
  return [head, ...lines, ...(locked.length > 0 ? ["Packages", ...locked] : [])];
}
