const CANDIDATES: readonly (readonly [program: string, ...args: string[]])[] = [
  ["python3"],
  ["python"],
  ...["3.13", "3.12", "3.11"].map((version) => [`python${version}`] as const),
  ...(Deno.build.os === "windows" ? [["py", "-3"] as const] : []),
];

// `tomllib` came with 3.11. A version manager's wrapper says what it stands for.
const TELL = "import sys, tomllib; print(sys.executable)";

let found: Promise<string> | undefined;

/**
 * The absolute path of a Python, 3.11 or newer, behind whatever stands for it on PATH.
 *
 * @throws An error that says what to install.
 */
export function pythonProgram(): Promise<string> {
  return found ??= findPython();
}

async function findPython(): Promise<string> {
  for (const [program, ...args] of CANDIDATES) {
    const path = await executableOf(program, [...args, "-c", TELL]);
    if (path) return path;
  }
  throw new Error("Cannot find Python 3.11 or newer: install it (Debian: python3)");
}

async function executableOf(program: string, args: string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(program, { args, stderr: "null" }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
