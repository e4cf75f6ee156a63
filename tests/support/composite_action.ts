import { dirname, join } from "node:path";
import { parse } from "yaml";
import { readProjectText } from "./project.ts";
import { projectRoot } from "../../tasks/run_deno.ts";

/** A step of a composite action as action.yml writes it. */
export interface ActionStep {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
}

/** What action.yml says. */
export interface ActionFile {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default: string }>
  >;
  readonly outputs: Readonly<
    Record<string, { readonly description: string; readonly value: string }>
  >;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

/** The runner that a job has: its directories, its repository, its variables. */
export interface ActionJob {
  /** A directory that lasts as long as the job; also what caches would bring back. */
  readonly directory: string;
  /** The expressions that begin with `github.`. */
  readonly github: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a use of the action left behind. */
export interface ActionRun {
  /** Of the step that failed; 0 when none did. */
  readonly code: number;
  /** What the steps wrote, in order. */
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** The directories that later steps find programs in. */
  readonly path: readonly string[];
  /** Actions that would have been used, with their inputs. */
  readonly used: readonly {
    readonly uses: string;
    readonly with: Readonly<Record<string, string>>;
  }[];
}

/** Reads the action of this project. */
export async function readAction(): Promise<ActionFile> {
  return parse(await readProjectText("action.yml"));
}

/**
 * Runs the steps of this project's action as a runner does, save those that use other actions.
 *
 * @param inputs What a workflow gives under `with`.
 */
export async function runAction(
  inputs: Readonly<Record<string, string>>,
  job: ActionJob,
): Promise<ActionRun> {
  const action = await readAction();
  const files = await commandFiles(job.directory);
  const values = new Map(
    Object.entries(job.github).map(([key, value]) => [`github.${key}`, value]),
  );
  for (const [name, { default: value }] of Object.entries(action.inputs)) {
    values.set(`inputs.${name}`, inputs[name] ?? value);
  }
  const used = [];
  let log = "";
  let code = 0;
  for (const step of action.runs.steps) {
    if (code !== 0 || step.if !== undefined && !holds(step.if, values)) continue;
    if (step.uses !== undefined) {
      used.push({ uses: step.uses, with: filledIn(step.with ?? {}, values) });
      continue;
    }
    await Deno.writeTextFile(files.GITHUB_OUTPUT, "");
    const run = await runStep(step, values, { ...runnerVariables(job), ...files, ...job.env });
    log += run.log;
    code = run.code;
    for (const [name, value] of pairsIn(await Deno.readTextFile(files.GITHUB_OUTPUT))) {
      values.set(`steps.${step.id}.outputs.${name}`, value);
    }
  }
  return {
    code,
    log,
    summary: await Deno.readTextFile(files.GITHUB_STEP_SUMMARY),
    outputs: filledIn(
      Object.fromEntries(Object.entries(action.outputs).map(([name, { value }]) => [name, value])),
      values,
    ),
    path: (await Deno.readTextFile(files.GITHUB_PATH)).split("\n").filter((line) => line !== ""),
    used,
  };
}

async function commandFiles(directory: string) {
  const parent = await Deno.makeTempDir({ dir: directory, prefix: "commands-" });
  const file = async (name: string) => {
    await Deno.writeTextFile(join(parent, name), "");
    return join(parent, name);
  };
  return {
    GITHUB_OUTPUT: await file("output"),
    GITHUB_STEP_SUMMARY: await file("summary"),
    GITHUB_PATH: await file("path"),
  };
}

function runnerVariables({ directory }: ActionJob): Record<string, string> {
  const systems: Readonly<Record<string, string>> = { windows: "Windows", darwin: "macOS" };
  const kept = ["PATH", "PATHEXT", "SystemRoot", "SystemDrive", "LOCALAPPDATA", "ProgramFiles"];
  return {
    ...Object.fromEntries(kept.flatMap((name) => {
      const value = Deno.env.get(name);
      return value === undefined ? [] : [[name, value]];
    })),
    CI: "true",
    HOME: directory,
    USERPROFILE: directory,
    TMPDIR: directory,
    TEMP: directory,
    TMP: directory,
    RUNNER_TEMP: join(directory, "temp"),
    RUNNER_OS: systems[Deno.build.os] ?? "Linux",
    RUNNER_ARCH: Deno.build.arch === "x86_64" ? "X64" : "ARM64",
    GITHUB_ACTION_PATH: projectRoot,
  };
}

async function runStep(
  { run = "", shell, env = {}, "working-directory": where = "." }: ActionStep,
  values: ReadonlyMap<string, string>,
  variables: Readonly<Record<string, string>>,
): Promise<{ code: number; log: string }> {
  if (shell !== "bash") throw new Error(`A step runs in ${shell}, which is not on every runner`);
  const home = variables.HOME!;
  await Deno.mkdir(variables.RUNNER_TEMP!, { recursive: true });
  const script = join(dirname(variables.GITHUB_OUTPUT!), "step.sh");
  // Both streams go into one file, in the order in which a log has them.
  const log = join(dirname(script), "log");
  await Deno.writeTextFile(script, `exec >"${posix(log)}" 2>&1\n${run}\n`);
  const { code } = await new Deno.Command(bashPath(), {
    args: ["--noprofile", "--norc", "-eo", "pipefail", script],
    cwd: join(home, fillIn(where, values)),
    clearEnv: true,
    env: { ...variables, ...filledIn(env, values) },
    stdin: "null",
  }).output();
  return { code, log: await Deno.readTextFile(log) };
}

/** Windows has another program of this name before git's on its PATH. */
function bashPath(): string {
  if (Deno.build.os !== "windows") return "bash";
  return join(Deno.env.get("ProgramFiles") ?? "C:\\Program Files", "Git", "bin", "bash.exe");
}

function posix(path: string): string {
  return path.replaceAll("\\", "/");
}

function filledIn(
  texts: Readonly<Record<string, string>>,
  values: ReadonlyMap<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, fillIn(String(text), values)]),
  );
}

function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$\{\{ (.+?) \}\}/g,
    (_, expression: string) =>
      expression.split(" || ").map((term) => values.get(term) ?? "").find((value) =>
        value !== ""
      ) ?? "",
  );
}

/** Conditions are comparisons of one value with a literal, joined by `&&`. */
function holds(condition: string, values: ReadonlyMap<string, string>): boolean {
  return condition.split(" && ").every((comparison) => {
    const [, name = "", sign, literal] = /^([\w.-]+) (==|!=) '(.*)'$/.exec(comparison) ?? [];
    if (literal === undefined) throw new Error(`Cannot judge the condition ${comparison}`);
    return (values.get(name) === undefined ? "" : values.get(name)) === literal === (sign === "==");
  });
}

function pairsIn(text: string): readonly (readonly [string, string])[] {
  return text.split("\n").filter((line) => line !== "").map((line) => {
    const at = line.indexOf("=");
    if (at < 1) throw new Error(`No output of a step: ${line}`);
    return [line.slice(0, at), line.slice(at + 1)];
  });
}
