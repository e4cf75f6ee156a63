import { isKind } from "../../base/mod.ts";
import { command, type CommandRunner, toolErrors } from "../../tools/mod.ts";
import { type Finding, finding } from "../findings/mod.ts";

/** A tool that checks a part of a repository, and how it is asked. */
interface OutsideTool {
  readonly name: string;
  readonly args: readonly string[];
}

const TOOLS: readonly OutsideTool[] = [
  { name: "ruff", args: ["check", "--quiet", "--output-format=concise", "."] },
  { name: "yamllint", args: ["--format=parsable", ".github"] },
  { name: "codespell", args: ["--skip=*.json,*.lock,.git", "."] },
  { name: "pip-audit", args: ["--progress-spinner=off", "."] },
];

// `FILE:LINE:COLUMN: what`, as all of them print it.
const LINE = /^(?:\.\/)?([^:\s][^:]*):(\d+)(?::\d+)?:\s*(.+)$/;
const MAX_MS = 120_000;
const MAX_FINDINGS = 200;

/**
 * Runs the tools that are installed; one that is not is told, and fails nothing.
 *
 * @param root Absolute path of the repository.
 */
export async function checkTools(
  runner: CommandRunner,
  root: string,
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const tool of TOOLS) found.push(...await runTool(runner, root, tool, signal));
  return found;
}

async function runTool(
  runner: CommandRunner,
  root: string,
  { name, args }: OutsideTool,
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  try {
    const { code, stdout, stderr } = await runner.run(
      command({ program: name, args, cwd: root }),
      { signal, timeoutMs: MAX_MS, accept: [0, 1, 2, 64, 65] },
    );
    if (code === 0) return [];
    const lines = stdout.split("\n").flatMap((line) => {
      const [, file, at, what] = LINE.exec(line) ?? [];
      return file === undefined
        ? []
        : [finding("E_TOOL_FINDING", { file, line: Number(at) }, `${name}: ${what}`)];
    });
    if (lines.length > 0) return lines.slice(0, MAX_FINDINGS);
    const said = `${stdout}\n${stderr}`.trim().split("\n").at(-1) ?? "";
    return [finding("E_TOOL_FINDING", { file: "." }, `${name} ends with ${code}: ${said}`)];
  } catch (error) {
    if (!isKind(error, toolErrors.TOOL_MISSING)) throw error;
    return [finding("W_TOOL_ABSENT", { file: "." }, `${name} is not installed`)];
  }
}
