import {
  repairEnvironment,
  type RepairFinding,
  type RepairReport,
} from "../../../environment/repair/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import type { CommandContext, CommandInput } from "../../types.ts";
import { commandEnvironment } from "../world.ts";

/** What `repair` tells. */
export interface RepairData {
  readonly dry_run: boolean;
  readonly environment: string;
  /** False when something remains. */
  readonly ok: boolean;
  readonly findings: readonly FindingData[];
}

/** One thing that was not as the manifest says. */
export interface FindingData extends Omit<RepairFinding, "error"> {
  /** The error that stood in the way. */
  readonly code?: string;
  readonly reason?: string;
}

/** Repairs an environment; exit code 1 when something remains. */
export async function run(
  { dryRun }: CommandInput,
  context: CommandContext,
): Promise<Outcome<RepairData>> {
  const { world, environment } = await commandEnvironment(context);
  const report: RepairReport = await repairEnvironment(world, { dryRun });
  const findings = report.findings.map(({ error, ...finding }) => ({
    ...finding,
    code: error?.code,
    reason: error?.message,
  }));
  const data = { dry_run: dryRun, environment: environment.name, ok: report.ok, findings };
  return { data, exit: report.ok ? 0 : 1 };
}

/** A line a finding, and a hint for each that remains. */
export function view({ environment, findings }: RepairData, style: Style): string[] {
  if (findings.length === 0) return [`${environment} is as its manifest says`];
  return findings.flatMap((finding) => linesOf(finding, style));
}

function linesOf({ problem, remedy, outcome, hint, reason }: FindingData, style: Style): string[] {
  const mark = {
    fixed: style.green("fixed:"),
    planned: style.cyan("would fix:"),
    remains: style.red("remains:"),
    noted: style.yellow("note:"),
  }[outcome];
  return [
    `${mark} ${problem}`,
    ...(remedy !== undefined && outcome !== "remains" ? [style.dim(`  ${remedy}`)] : []),
    ...(reason !== undefined && outcome === "remains" ? [`  ${reason}`] : []),
    ...(hint !== undefined && outcome !== "fixed" ? [`  hint: ${hint}`] : []),
  ];
}
