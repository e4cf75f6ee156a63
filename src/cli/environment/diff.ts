import { type EnvironmentDiff, readDiff } from "../../environment/diff/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";
import { renderLockChanges } from "./changes_view.ts";
import { commandEnvironment } from "./world.ts";

/** Compares a revision with another, or with what is on disk. */
export async function run(
  { args: [from, to] }: CommandInput,
  context: CommandContext,
): Promise<Outcome<EnvironmentDiff>> {
  const { world } = await commandEnvironment(context);
  return { data: await readDiff(world, from, to) };
}

/** What differs, by subject. */
export function view(diff: EnvironmentDiff, style: Style): string[] {
  const lines = [
    ...section(
      "Settings",
      diff.facts.map(({ field, before, after }) =>
        `  ~ ${field}: ${text(before)} → ${text(after)}`
      ),
      style,
    ),
    ...section("Dependencies", renderLockChanges(diff.dependencies, style), style),
    ...section("Constraints", renderLockChanges(diff.constraints, style), style),
    ...diff.groups.flatMap(({ group, changes }) =>
      section(`Group ${group}`, renderLockChanges(changes, style), style)
    ),
    ...entries("Nodes", diff.nodes, style),
    ...entries("Models", diff.models, style),
    ...entries("Workflows", diff.workflows, style),
    ...section("Locked packages", renderLockChanges(diff.packages, style), style),
  ];
  if (lines.length > 0) return lines;
  return [diff.identical ? "Nothing differs" : "Nothing differs but the form of the texts"];
}

function section(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : [style.bold(title), ...lines];
}

function entries(title: string, changes: EnvironmentDiff["nodes"], style: Style): string[] {
  const lines = changes.map(({ key, change, fields }) => {
    if (change === "added") return style.green(`  + ${key}`);
    if (change === "removed") return style.red(`  - ${key}`);
    return `  ~ ${key} (${fields.map(({ field }) => field).join(", ")})`;
  });
  return section(title, lines, style);
}

function text(value: unknown): string {
  return value === undefined ? "none" : String(value);
}
