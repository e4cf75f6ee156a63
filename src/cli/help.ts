import { alignColumns, type Style, visibleLength, wrapText } from "../output/mod.ts";
import { answeredOptions, globalOptions } from "./globals.ts";
import { childrenOf, isGroup } from "./locate.ts";
import { ownOptions } from "./parse.ts";
import type {
  ArgumentDefinition,
  CommandDefinition,
  Example,
  GroupDefinition,
  OptionDefinition,
  OptionDefinitions,
} from "./types.ts";

const MOST_COLUMNS = 100;
const NAME_COLUMNS = 30;
/** With less room beside the names, texts stand below them. */
const LEAST_TEXT_COLUMNS = 32;
const NARROW_INDENT = 8;

/**
 * The help of the root, a group or a command.
 *
 * @param node What to explain.
 * @param style Colours and width.
 */
export function renderHelp(node: GroupDefinition | CommandDefinition, style: Style): string[] {
  const width = Math.min(style.width, MOST_COLUMNS);
  const command = isGroup(node) ? node.index : node;
  const group = isGroup(node) ? node : undefined;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", style.bold(style.green(`${title}:`)), ...lines];
  return [
    ...wrapText(`${node.brief}.`, width),
    ...(node.description ? ["", ...wrapText(node.description, width)] : []),
    "",
    ...usageLines(node).map((line, index) =>
      `${index === 0 ? style.bold(style.green("Usage:")) : "      "} ${style.cyan(line)}`
    ),
    ...section("Commands", describe(commandRows(group), width, style)),
    ...section("Arguments", describe(argumentRows(command), width, style)),
    ...section("Options", describe(optionRows(command ? ownOptions(command) : {}), width, style)),
    ...section(
      "Global options",
      describe(optionRows({ ...globalOptions, ...answeredFor(node) }), width, style),
    ),
    ...section("Examples", exampleLines(node.examples, style)),
  ];
}

/** How a command is written, such as `comfydock registry lookup [OPTIONS] NODE_TYPE`. */
export function usageLines(node: GroupDefinition | CommandDefinition): string[] {
  if (isGroup(node)) {
    const own = node.index ? usageLines(node.index) : [];
    return [...own, ["comfydock", ...node.path, "[OPTIONS]", "COMMAND"].join(" ")];
  }
  const options = Object.entries(ownOptions(node));
  const required = options.filter(([, { required, env }]) => required && !env)
    .map(([name, { value }]) => `--${name} ${value ?? "VALUE"}`);
  const args = (node.arguments ?? []).map(({ name, required, many }) => {
    const word = `${name}${many ? "…" : ""}`;
    return required ? word : `[${word}]`;
  });
  const rest = node.rest ? [`[-- ${node.rest.name}…]`] : [];
  return [["comfydock", ...node.path, "[OPTIONS]", ...required, ...args, ...rest].join(" ")];
}

type Row = readonly [name: string, text: string];

function commandRows(group: GroupDefinition | undefined): Row[] {
  if (group === undefined) return [];
  return childrenOf(group).map(({ path, brief }) => [path.at(-1)!, brief]);
}

function argumentRows(command: CommandDefinition | undefined): Row[] {
  const row = ({ name, brief, choices, many }: ArgumentDefinition): Row => [
    `${name}${many ? "…" : ""}`,
    `${brief}${choices ? ` [${choices.join(", ")}]` : ""}`,
  ];
  const rest: Row[] = command?.rest ? [[`-- ${command.rest.name}…`, command.rest.brief]] : [];
  return [...(command?.arguments ?? []).map(row), ...rest];
}

function optionRows(options: OptionDefinitions): Row[] {
  return Object.entries(options).map(([name, option]) => [
    `${option.short ? `-${option.short},` : "   "} --${name}${placeholder(option)}`,
    [option.brief, ...optionFacts(option).map(unbroken)].join(" "),
  ]);
}

/** Keeps a fact on one line; {@linkcode describe} turns the blanks back. */
function unbroken(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}

function placeholder({ kind, value, choices }: OptionDefinition): string {
  if (kind === "boolean" || kind === "count") return "";
  return ` ${
    value ?? (choices ? choices.join("|") : kind === "text" || kind === "list" ? "TEXT" : "N")
  }`;
}

function optionFacts(option: OptionDefinition): string[] {
  return [
    ...(option.required ? ["(required)"] : []),
    ...(option.kind === "list" || option.kind === "count" ? ["(repeatable)"] : []),
    ...(option.value && option.choices ? [`[${option.choices.join(", ")}]`] : []),
    ...(option.default === undefined ? [] : [`[default: ${option.default}]`]),
    ...(option.env === undefined ? [] : [`[env: ${option.env}]`]),
  ];
}

function answeredFor(node: GroupDefinition | CommandDefinition): OptionDefinitions {
  const { help, version } = answeredOptions;
  return node.path.length === 0 ? { help, version } : { help };
}

function describe(rows: readonly Row[], width: number, style: Style): string[] {
  const widest = Math.max(0, ...rows.map(([name]) => visibleLength(name)));
  const roomy = width - widest >= LEAST_TEXT_COLUMNS;
  const column = roomy ? Math.min(widest, NAME_COLUMNS) : 0;
  const indent = " ".repeat(roomy ? column + 4 : NARROW_INDENT);
  return rows.flatMap(([name, text]) => {
    const lines = wrapText(text, width - indent.length)
      .map((line) => indent + line.replaceAll("\u00a0", " "));
    const painted = `  ${style.cyan(name)}`;
    const gap = column + 2 - visibleLength(name);
    if (gap < 2 || lines.length === 0) return [painted, ...lines];
    const [first = "", ...further] = lines;
    return [`${painted}${" ".repeat(gap)}${first.trimStart()}`, ...further];
  });
}

function exampleLines(examples: readonly Example[], style: Style): string[] {
  const together = alignColumns(examples.map(({ command, brief }) => [command, `# ${brief}`]));
  if (together.every((line) => line.length + 2 <= style.width)) {
    return alignColumns(
      examples.map(({ command, brief }) => [style.cyan(command), style.dim(`# ${brief}`)]),
      { indent: 2 },
    );
  }
  return examples.flatMap(({ command, brief }) => [
    `  ${style.dim(`# ${brief}`)}`,
    `  ${style.cyan(command)}`,
  ]);
}
