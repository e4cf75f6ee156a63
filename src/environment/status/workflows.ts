import { compareWorkflows, findUntracked, recordedSha256 } from "../workflows/compare.ts";
import type { Difference, StatusFacts } from "./types.ts";

/** Looks at the tracked workflows, ComfyUI's copies of them, and workflows that nobody tracks. */
export async function inspectWorkflows(
  { world: { environment }, state: { manifest } }: StatusFacts,
): Promise<readonly Difference[]> {
  const env = `--env ${environment.name}`;
  const [compared, untracked] = await Promise.all([
    compareWorkflows(environment, manifest),
    findUntracked(environment, manifest),
  ]);
  const differences = compared.flatMap(({ workflow, file, sha256, copy }): Difference[] => {
    const subject = workflow.file;
    if (file === "outside") {
      const settle = `comfydock workflow untrack ${JSON.stringify(workflow.key)} ${env}`;
      return [{ kind: "workflow_outside", subject, severity: "error", settle }];
    }
    if (file === "missing") {
      const settle = `comfydock repair ${env}`;
      return [{ kind: "workflow_missing", subject, severity: "error", settle }];
    }
    const settle = `comfydock workflow sync ${env}`;
    const expected = recordedSha256(workflow);
    const found: Difference[] = [];
    if (expected !== undefined && expected !== sha256) {
      found.push({
        kind: "workflow_hash",
        subject,
        expected,
        found: sha256,
        severity: "error",
        settle,
      });
    }
    if (copy === "missing") {
      const sync = `comfydock sync ${env}`;
      found.push({ kind: "workflow_copy_missing", subject, severity: "warning", settle: sync });
    } else if (copy === "different") {
      found.push({ kind: "workflow_copy_differs", subject, severity: "warning", settle });
    }
    return found;
  });
  return [
    ...differences,
    ...untracked.map((subject): Difference => ({
      kind: "workflow_untracked",
      subject,
      severity: "warning",
      settle: `comfydock workflow track ${JSON.stringify(nameOf(subject))} ${env}`,
    })),
  ];
}

/** What people call a workflow: its path below `workflows`, without `.json`. */
function nameOf(file: string): string {
  return file.replace(/^workflows\//, "").replace(/\.json$/i, "");
}
