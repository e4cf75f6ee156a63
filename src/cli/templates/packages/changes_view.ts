import type { Style } from "../../../output/mod.ts";
import { type FileChange, unifiedDiff } from "../../../templates/mod.ts";

/** A changed file as commands tell it. */
export interface FileChangeData {
  readonly path: string;
  /** As `diff -u` shows it. */
  readonly diff: readonly string[];
}

/** Changes with their differences. */
export function showChanges(changes: readonly FileChange[]): readonly FileChangeData[] {
  return changes.map((change) => ({ path: change.path, diff: unifiedDiff(change) }));
}

/** The differences in colours. */
export function renderChanges(
  changes: readonly FileChangeData[],
  style: Style,
): readonly string[] {
  return changes.flatMap(({ diff }) =>
    diff.map((line) =>
      line.startsWith("+") ? style.green(line) : line.startsWith("-") ? style.red(line) : line
    )
  );
}
