import type { Outcome, Style } from "../../../output/mod.ts";
import { type Finding, requireSound } from "../../../templates/mod.ts";
import { checkPins, type PinPlan, planPins } from "../../../templates/packages/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { openNamedRepository, writeChanges } from "../access.ts";
import { renderFindings } from "../findings_view.ts";
import { type FileChangeData, renderChanges, showChanges } from "./changes_view.ts";
import type { pinOptions } from "./options.ts";

/** What `templates packages pin` did, would do, or found. */
export interface PinData {
  readonly dry_run: boolean;
  readonly pins: readonly {
    /** Such as `project.dependencies.2`. */
    readonly at: string;
    readonly from: string | null;
    readonly to: string;
  }[];
  readonly changes: readonly FileChangeData[];
  /** What pinning does not put right; with `--check` all that is wrong. */
  readonly findings: readonly Finding[];
}

/** Pins the packages of the repository in its meta package. */
export async function run(
  { options: { check, ...options }, dryRun }: InputOf<typeof pinOptions>,
  context: CommandContext,
): Promise<Outcome<PinData>> {
  const { root, repository } = await openNamedRepository(options, context);
  requireSound(repository.findings.filter(({ area }) => area === "pyproject"), "Cannot pin");
  const findings = checkPins(repository);
  if (check) {
    const exit = findings.some(({ severity }) => severity === "error") ? 1 : 0;
    return { data: { dry_run: true, pins: [], changes: [], findings }, exit };
  }
  const plan = planPins(repository);
  if (!dryRun) await writeChanges(root, plan.changes, context);
  const left = findings.filter(({ code }) => !MENDED.has(code));
  return {
    data: {
      dry_run: dryRun,
      pins: describePins(plan),
      changes: showChanges(plan.changes),
      findings: left,
    },
    exit: left.some(({ severity }) => severity === "error") ? 1 : 0,
  };
}

const MENDED = new Set(["E_PIN_RANGE", "E_PIN_MISMATCH", "E_PIN_MISSING", "E_PIN_CONFLICT"]);

/** Pins with the names that programs read. */
export function describePins({ pins }: PinPlan): PinData["pins"] {
  return pins.map(({ at, from, to }) => ({ at, from: from ?? null, to }));
}

/** The new pins, and what is left to do. */
export function view(
  { dry_run, pins, changes, findings }: PinData,
  style: Style,
): readonly string[] {
  return [
    ...pins.map(({ at, from, to }) => `${style.dim(at)} ${from ?? "(new)"} → ${style.green(to)}`),
    ...pins.length === 0 && findings.length === 0 ? ["All pins are right"] : [],
    ...dry_run ? renderChanges(changes, style) : [],
    ...findings.length > 0 ? renderFindings(findings, style) : [],
  ];
}
