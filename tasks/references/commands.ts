import type { CommandDefinition, GroupDefinition } from "../../src/cli/mod.ts";
import { childrenOf, isGroup, renderHelp } from "../../src/cli/reference/mod.ts";
import { createStyle } from "../../src/output/mod.ts";

type Node = GroupDefinition | CommandDefinition;

const STYLE = createStyle(false, 100);
const GLOBALS = "Global options:";

const INTRODUCTION = `# Commands

Every command with its options and examples, as \`--help\` shows them. This page is written by
\`deno task references\`.

Standard output is data and standard error is for people; with \`--json\`, standard output is one
JSON value whose \`data\` has the shape that each command links to.`;

/**
 * The reference of all commands, as Markdown.
 *
 * @param root All commands.
 */
export function renderCommands(root: GroupDefinition): string {
  return [
    INTRODUCTION,
    "## Contents",
    childrenOf(root).map(contentsLine).join("\n"),
    "## Options of every command",
    fence(globalSection(root)),
    ...childrenOf(root).flatMap((node) => sections(node, 2)),
  ].join("\n\n") + "\n";
}

/** A group is listed with its commands behind it. */
function contentsLine(node: Node): string {
  const link = ({ path }: Node) => `[\`${path.join(" ")}\`](#comfydock-${path.join("-")})`;
  if (!isGroup(node)) return `- ${link(node)}: ${node.brief}`;
  return `- ${link(node)}: ${childrenOf(node).map(link).join(", ")}`;
}

function sections(node: Node, level: number): string[] {
  const command = isGroup(node) ? node.index : node;
  const schema = command &&
    `[Shape of its data](../data/schema/${command.path.join("-")}.schema.json)`;
  return [
    `${"#".repeat(level)} comfydock ${node.path.join(" ")}`,
    `${node.brief}.${schema ? ` ${schema}.` : ""}`,
    fence(ownHelp(node)),
    ...(isGroup(node) ? childrenOf(node).flatMap((inner) => sections(inner, level + 1)) : []),
  ];
}

/** The help without its first sentence and without what every command takes. */
function ownHelp(node: Node): readonly string[] {
  const lines = renderHelp(node, STYLE);
  const start = lines.findIndex((line) => line === "") + 1;
  const globals = lines.indexOf(GLOBALS);
  return [...lines.slice(start, globals - 1), ...lines.slice(lines.indexOf("", globals))];
}

function globalSection(root: GroupDefinition): readonly string[] {
  const lines = renderHelp(root, STYLE);
  const start = lines.indexOf(GLOBALS);
  return lines.slice(start + 1, lines.indexOf("", start));
}

function fence(lines: readonly string[]): string {
  return ["```text", ...lines, "```"].join("\n");
}
