import type { Style } from "../../output/mod.ts";
import type { NodeChange, WorkflowDiff } from "../../workflows/mod.ts";

const SHOWN = 60;

/** What was added, removed and changed, a line each. */
export function diffLines({ nodes, links, models }: WorkflowDiff, style: Style): string[] {
  const lines = [
    ...nodes.added.map((node) => style.green(`+ ${nameOf(node)}`)),
    ...nodes.removed.map((node) => style.red(`- ${nameOf(node)}`)),
    ...nodes.changed.flatMap((node) => changeLines(node, style)),
    ...links.added.map(({ from, fromSlot, to, toSlot, type }) =>
      style.green(`+ link ${from}.${fromSlot} → ${to}.${toSlot} ${type}`)
    ),
    ...links.removed.map(({ from, fromSlot, to, toSlot, type }) =>
      style.red(`- link ${from}.${fromSlot} → ${to}.${toSlot} ${type}`)
    ),
    ...models.added.map((name) => style.green(`+ model ${name}`)),
    ...models.removed.map((name) => style.red(`- model ${name}`)),
  ];
  return lines.length > 0 ? lines : ["No difference but in how it is laid out"];
}

function changeLines(node: NodeChange, style: Style): readonly string[] {
  const { widgets, mode, renamed } = node;
  const details = [
    ...(mode ? [`${mode.before} → ${mode.after}`] : []),
    ...(renamed ? [`title ${shown(renamed.before)} → ${shown(renamed.after)}`] : []),
    ...widgets.map(({ widget, before, after }) => `${widget}: ${shown(before)} → ${shown(after)}`),
  ];
  if (details.length === 0) return [];
  return [style.yellow(`~ ${nameOf(node)}`), ...details.map((line) => `    ${line}`)];
}

function nameOf(
  { id, scope, type, title }: Pick<NodeChange, "id" | "scope" | "type" | "title">,
): string {
  const where = [...scope.map((part) => part.slice(0, 8)), id].join("/");
  return `${where} ${type}${title === undefined || title === type ? "" : ` "${title}"`}`;
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
