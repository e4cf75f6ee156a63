import {
  applyFixes,
  diagnose,
  type DoctorWorld,
  type Finding,
  type FixOutcome,
} from "../../environment/doctor/mod.ts";
import { alignColumns, type Outcome, type Style, wrapText } from "../../output/mod.ts";
import { shippedDefaults } from "../../session/workspace/mod.ts";
import { configValue, findUserConfigDirectory } from "../../workspace/reading/mod.ts";
import { newCommandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace } from "./access.ts";
import type { doctorOptions } from "./options.ts";

/** What `doctor` tells. */
export interface DoctorData {
  readonly dry_run: boolean;
  /** Whether no error is left. */
  readonly healthy: boolean;
  readonly findings: readonly FindingData[];
}

/** One thing that was looked at. */
export interface FindingData extends Pick<Finding, "check" | "severity" | "message" | "hint"> {
  /** Whether --fix settles it. */
  readonly fixable: boolean;
  /** With --fix: whether it is settled now. */
  readonly fixed?: boolean;
  /** Why --fix could not settle it. */
  readonly fix_error?: string;
}

/** The settings that name servers. */
const ADDRESSES = ["registry_url", "manager_url", "comfyui_source"];

/** Looks at the workspace and the machine, and settles what can be settled. */
export async function run(
  { options: { fix }, dryRun }: InputOf<typeof doctorOptions>,
  context: CommandContext,
): Promise<Outcome<DoctorData>> {
  const world = await openDoctorWorld(context);
  const findings = await diagnose(world);
  const outcomes = fix && !dryRun ? await applyFixes(world, findings) : [];
  const told = findings.map((finding) => toData(finding, outcomes, fix && !dryRun));
  const healthy = told.every(({ severity, fixed }) => severity !== "error" || fixed === true);
  return { data: { dry_run: dryRun, healthy, findings: told }, exit: healthy ? 0 : 1 };
}

async function openDoctorWorld(context: CommandContext): Promise<DoctorWorld> {
  const workspace = await openNamedWorkspace(context);
  // No environment is meant; the world of any name has what is needed.
  const { world, config } = await newCommandEnvironment(context, workspace, "workspace");
  const defaults = await shippedDefaults();
  const text = (key: string) => configValue(config, key)?.toString();
  return {
    ...world,
    // A server that does not answer is one; asking it again and again would not help.
    http: () => context.http({ retries: 1 }),
    facts: workspace.facts,
    uvPath: text("uv_path"),
    uvCache: text("uv_cache_dir") ?? workspace.layout.uvCache,
    addresses: ADDRESSES.map((setting) => ({
      setting,
      url: text(setting) ?? `${defaults[setting]}`,
    })),
    userDirectory: findUserConfigDirectory(context.env),
  };
}

function toData(
  finding: Finding,
  outcomes: readonly FixOutcome[],
  tried: boolean,
): FindingData {
  const { check, severity, message, hint, fix } = finding;
  const outcome = outcomes.find((each) => each.finding === finding);
  return {
    check,
    severity,
    message,
    hint,
    fixable: fix !== undefined,
    fixed: tried && fix ? outcome !== undefined && outcome.error === undefined : undefined,
    fix_error: outcome?.error?.message,
  };
}

/** A line a finding, with its hint below, and a sum. */
export function view({ dry_run, healthy, findings }: DoctorData, style: Style): string[] {
  const rows = findings.map((finding) => [
    markOf(finding, style),
    style.dim(finding.check),
    finding.message,
  ]);
  const lines = alignColumns(rows).flatMap((line, at) => [line, ...below(findings[at]!, style)]);
  const open = findings.filter(({ severity, fixed }) => severity === "error" && !fixed).length;
  const fixable = findings.filter(({ fixable, fixed }) => fixable && !fixed).length;
  const sum = healthy ? "No errors" : `${open} ${open === 1 ? "error" : "errors"}`;
  const further = dry_run
    ? `; --fix would settle ${fixable}`
    : fixable > 0
    ? `; comfydock doctor --fix settles ${fixable}`
    : "";
  return [...lines, "", `${sum}${further}`];
}

function markOf({ severity, fixed }: FindingData, style: Style): string {
  if (fixed) return style.green("fixed");
  const paint = { ok: style.green, info: style.dim, warning: style.yellow, error: style.red };
  return paint[severity](severity);
}

function below({ hint, fixed, fix_error }: FindingData, style: Style): string[] {
  const indent = " ".repeat(9);
  const lines = [
    ...(fix_error ? [`could not be settled: ${fix_error}`] : []),
    ...(hint && !fixed ? [`hint: ${hint}`] : []),
  ];
  return lines.flatMap((line) => wrapText(line, Math.max(30, style.width - indent.length)))
    .map((line) => style.cyan(`${indent}${line}`));
}
