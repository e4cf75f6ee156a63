import type { TomlTable } from "../../src/pyproject/toml_value.ts";
import { pythonProgram } from "./python_program.ts";

const CHECK = `
import json, sys, tomllib
def plain(value):
    if isinstance(value, dict):
        if "$toml" in value: return tomllib.loads("x = " + value["$toml"])["x"]
        return {key: plain(field) for key, field in value["$table"]}
    if isinstance(value, list): return [plain(item) for item in value]
    return value
for line in sys.stdin:
    case = json.loads(line)
    try:
        found = tomllib.loads(case["text"].removeprefix(chr(0xfeff)))
        answer = "" if found == plain(case["wanted"]) else "differs: " + repr(found)
    except tomllib.TOMLDecodeError as error:
        answer = "refused: " + str(error)
    print(json.dumps(answer))
`;

/** A text and what Python's TOML 1.0 parser shall read from it. */
export interface TomlCase {
  readonly text: string;
  readonly wanted: TomlTable;
}

/**
 * Reads texts with Python's `tomllib` in one process.
 *
 * @returns For each case what is wrong with it, or an empty text.
 */
export async function judgeWithTomllib(cases: readonly TomlCase[]): Promise<string[]> {
  const child = new Deno.Command(await pythonProgram(), {
    args: ["-c", CHECK],
    env: { PYTHONIOENCODING: "utf-8" },
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const input = cases.map(({ text, wanted }) =>
    `{"text":${JSON.stringify(text)},"wanted":${tag(wanted)}}\n`
  );
  const output = child.output();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input.join("")));
  await writer.close();
  const { stdout } = await output;
  return new TextDecoder().decode(stdout).trim().split("\n").map((line) => JSON.parse(line));
}

function tag(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") {
    if (Object.is(value, -0)) return "-0.0";
    return Number.isFinite(value) ? String(value) : `{"$toml":"${value > 0 ? "inf" : "-inf"}"}`;
  }
  if (value instanceof Date) return `{"$toml":"${value.toISOString()}"}`;
  if (Array.isArray(value)) return `[${value.map(tag).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, field]) =>
    `[${JSON.stringify(key)},${tag(field)}]`
  );
  return `{"$table":[${fields.join(",")}]}`;
}
