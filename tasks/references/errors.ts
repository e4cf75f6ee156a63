import { type ErrorKind, ExitCode } from "../../src/base/mod.ts";

const ENDINGS: Readonly<Record<keyof typeof ExitCode, string>> = {
  ok: "Done",
  failed: "Failed; or the work was done and found errors, which `data` holds",
  usage: "The command line is wrong",
  missingTool: "Something that is needed is missing, such as git",
  notFound: "What was named does not exist",
  refused: "Refused: it would lose or break something, and the hint says what decides",
  network: "The network, or a server, does not answer as it should",
  toolFailed: "Another program failed, such as git or uv",
  interrupted: "Stopped by Ctrl-C or a signal",
};

const INTRODUCTION = `# Error codes

An error is shown as \`error: …\` with its causes, a blank line, and \`hint: …\` with the command or
change that helps. With \`--json\` it stands in \`error\` of the one JSON value, as \`code\`, \`message\`,
\`hint\` and \`details\`. Codes are stable; messages are not. This page is written by
\`deno task references\`.

## Exit codes`;

/**
 * The reference of all error codes, as Markdown.
 *
 * @param catalogues Error kinds by the room that throws them.
 */
export function renderErrors(
  catalogues: Readonly<Record<string, Readonly<Record<string, ErrorKind>>>>,
): string {
  const endings = Object.entries(ENDINGS)
    .map(([name, text]) => `| ${ExitCode[name as keyof typeof ExitCode]} | ${text} |`);
  const rooms = Object.entries(catalogues).sort(([a], [b]) => a < b ? -1 : 1);
  return [
    INTRODUCTION,
    ["| exit code | meaning |", "| --- | --- |", ...endings].join("\n"),
    ...rooms.flatMap(([room, kinds]) => [`## ${heading(room)}`, kindTable(Object.values(kinds))]),
  ].join("\n\n") + "\n";
}

function kindTable(kinds: readonly ErrorKind[]): string {
  const rows = kinds.toSorted((a, b) => a.code < b.code ? -1 : 1)
    .map(({ code, exit, meaning }) => `| \`${code}\` | ${exit} | ${escaped(meaning)} |`);
  return ["| code | exit code | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function heading(room: string): string {
  const names: Readonly<Record<string, string>> = {
    base: "Anywhere",
    cli: "Command line",
    comfyui: "ComfyUI",
    http: "HTTP and downloads",
    pyproject: "Manifest",
    torch: "PyTorch",
  };
  return names[room] ?? room[0]!.toUpperCase() + room.slice(1);
}
