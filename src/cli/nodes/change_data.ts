import { ComfydockError } from "../../base/mod.ts";
import { type NodeChange, nodeChangeErrors, type NodeReport } from "../../environment/nodes/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import type { ManifestNode } from "../../pyproject/mod.ts";
import type { CommandContext } from "../types.ts";
import { type EditData, editData } from "../environment/packages/edit_data.ts";

/** What became of one node pack. */
export interface NodeChangeData {
  readonly id: string;
  readonly name: string;
  readonly action: NodeChange["action"];
  readonly source: ManifestNode["source"] | null;
  /** A version, or the commit of a pack from git. */
  readonly before: string | null;
  readonly after: string | null;
  readonly directory: string | null;
  /** What its dependency group holds; null where that stays as it is. */
  readonly requirements: readonly string[] | null;
  readonly findings: readonly {
    readonly code: string;
    readonly message: string;
    readonly file: string;
    readonly line: number | null;
  }[];
  readonly scripts: readonly string[];
  readonly why: string | null;
}

/** What every command tells that changes node packs. */
export interface NodeChangesData extends EditData {
  readonly commit: string | null;
  readonly nodes: readonly NodeChangeData[];
  /** Packs for which nothing could be done though the others went on. */
  readonly failures: readonly {
    readonly named: string;
    readonly code: string;
    readonly message: string;
    readonly hint: string | null;
  }[];
  /** What is not as it should be and was left for people to settle. */
  readonly left: readonly {
    readonly subject: string;
    readonly problem: string;
    readonly hint: string | null;
  }[];
}

/** The data of a change of node packs. */
export function nodeChangesData(
  environment: string,
  dryRun: boolean,
  report: NodeReport,
): NodeChangesData {
  const data = editData(environment, dryRun, report);
  const nodes = report.plan.changes.map(toChangeData);
  return {
    ...data,
    changed: data.changed || nodes.some(({ action }) => action !== "kept"),
    commit: report.commit ?? null,
    nodes,
    failures: report.failures.map(({ named, error }) => ({
      named,
      code: error instanceof ComfydockError ? error.code : "INTERNAL",
      message: error.message,
      hint: (error instanceof ComfydockError ? error.hint : undefined) ?? null,
    })),
    left: report.followed.filter(({ outcome }) => outcome === "left")
      .map(({ subject, problem, hint = null }) => ({ subject, problem, hint })),
  };
}

function toChangeData(change: NodeChange): NodeChangeData {
  const { id, name, action, before, after, requirements, findings, scripts, why } = change;
  const node = after ?? before;
  return {
    id,
    name,
    action,
    source: node?.source ?? null,
    before: before ? versionOf(before) : null,
    after: after ? versionOf(after) : null,
    directory: node?.directory ?? null,
    requirements: requirements?.map(({ requirement }) => requirement) ?? null,
    findings: findings.map(({ code, message, file, line = null }) => ({
      code,
      message,
      file,
      line,
    })),
    scripts,
    why: why ?? null,
  };
}

/** What tells one state of a pack from another: its version, or its commit. */
export function versionOf({ version, commit }: ManifestNode): string | null {
  return version ?? commit ?? null;
}

/** The outcome of a command that may have left packs out. */
export function nodeOutcome(data: NodeChangesData): Outcome<NodeChangesData> {
  const { failures } = data;
  if (failures.length === 0) return { data };
  const names = failures.map(({ named }) => named);
  const error = new ComfydockError(
    nodeChangeErrors.NODE_PARTLY_FAILED,
    `${failures.length === 1 ? "One pack" : `${failures.length} packs`} failed: ${
      names.join(", ")
    }`,
    {
      hint: failures[0]?.hint ?? `Run the command again for ${names.join(" ")} alone to see why`,
      details: { failed: names },
    },
  );
  return { data, error };
}

/** Tells about installation scripts that came with packs and were not run. */
export function warnOfScripts(
  { warn }: CommandContext,
  { nodes }: NodeChangesData,
  runScripts: boolean,
): void {
  if (runScripts) return;
  for (const { id, action, scripts } of nodes) {
    if (action === "kept" || action === "removed" || scripts.length === 0) continue;
    warn(
      "NODE_SCRIPT_NOT_RUN",
      `${id} has ${scripts.join(", ")} of its own, which was not run; --run-scripts runs it`,
    );
  }
}
