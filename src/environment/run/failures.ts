import { ComfydockError, ExitCode } from "../../base/mod.ts";
import { runErrors } from "./errors.ts";
import { readLastLines } from "./log_tail.ts";
import type { RunEnd, RunPlan } from "./types.ts";

const SHOWN_LINES = 20;

/** The error of a ComfyUI that ended before it answered. */
export async function diedError(plan: RunPlan, end: RunEnd): Promise<ComfydockError> {
  return failed(
    `ComfyUI of "${plan.environment}" ended with ${describeEnd(end)} before it answered`,
    plan,
    { exit_code: end.code, signal: end.signal },
    await lastLinesOf(plan),
  );
}

/** The error of a keeper that did not even start ComfyUI. */
export async function notStartedError(
  plan: RunPlan,
  { code, stderr }: { readonly code: number; readonly stderr: string },
): Promise<ComfydockError> {
  return new ComfydockError(
    runErrors.RUN_NOT_READY,
    `Cannot start ComfyUI of "${plan.environment}": its Python ended with exit code ${code}`,
    {
      hint: `Run comfydock repair --env ${plan.environment}`,
      details: { exit_code: code },
      cause: stderr === "" ? await lastLinesOf(plan) : new Error(stderr),
    },
  );
}

/** The error of a ComfyUI that goes on without having answered in time. */
export async function noAnswerError(
  plan: RunPlan,
  pid: number,
  waitMs: number,
): Promise<ComfydockError> {
  const { environment, url } = plan;
  return new ComfydockError(
    runErrors.RUN_NO_ANSWER,
    `ComfyUI of "${environment}" has not answered at ${url} after ${waitMs / 1000} s; ` +
      `it goes on as process ${pid}`,
    {
      hint: `Follow it with comfydock logs -f --env ${environment}, ` +
        `or end it with comfydock stop --env ${environment}`,
      details: { pid, url },
      cause: await lastLinesOf(plan),
    },
  );
}

/** The error of a ComfyUI that was shown and failed. */
export function endedError(plan: RunPlan, end: Omit<RunEnd, "at">): ComfydockError {
  return failed(
    `ComfyUI of "${plan.environment}" ended with ${describeEnd(end)}`,
    plan,
    { exit_code: end.code, signal: end.signal },
  );
}

/** The exit code that `run` ends with when ComfyUI ended too early: its own, which must tell of a failure. */
export function exitOf({ code }: Pick<RunEnd, "code">): number {
  return code === ExitCode.ok ? ExitCode.failed : code;
}

function failed(
  message: string,
  { environment, log }: RunPlan,
  details: Readonly<Record<string, unknown>>,
  cause?: Error,
): ComfydockError {
  return new ComfydockError(runErrors.RUN_FAILED, message, {
    hint: `Read its log with comfydock logs -n 200 --env ${environment}`,
    details: { ...details, log },
    cause,
  });
}

function describeEnd({ code, signal }: Omit<RunEnd, "at">): string {
  return signal === undefined ? `exit code ${code}` : `signal ${signal}`;
}

async function lastLinesOf({ log }: RunPlan): Promise<Error> {
  const { lines, unfinished = "" } = await readLastLines(log, SHOWN_LINES);
  return new Error(`the last lines of its log:\n${[...lines, unfinished].join("\n").trimEnd()}`);
}
