import { join } from "node:path";
import { foldName, type WorkspaceLayout } from "../../workspace/mod.ts";

/** The size at which a log file is full, in bytes. */
export const LOG_BYTES: number = 10 * 1024 ** 2;
/** How many log files are kept, the one being written included. */
export const LOG_FILES = 5;

/** The directory that tells of runs, `.metadata/run/`. */
export function runDirectory(workspace: WorkspaceLayout): string {
  return join(workspace.metadata, "run");
}

/** The file that tells of an environment's last run. */
export function runStateFile(workspace: WorkspaceLayout, environment: string): string {
  return join(runDirectory(workspace), `${foldName(environment)}.json`);
}

/** The lock that is held while a run of the environment is being started. */
export function runLock(environment: string): string {
  return `run-${foldName(environment)}`;
}

/** The log files of an environment, newest first; those that are full have a number. */
export function logFiles(log: string): readonly string[] {
  return Array.from({ length: LOG_FILES }, (_, at) => at === 0 ? log : `${log}.${at}`);
}
