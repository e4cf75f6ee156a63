import { join } from "node:path";
import { fileError, readBytesBounded } from "../../base/mod.ts";
import type { TrackedWorkflow } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/disk/mod.ts";
import type { EnvironmentLayout } from "../../workspace/mod.ts";
import { innerParts } from "../inner_path.ts";

/** The largest workflow that is read, in bytes; pictures that carry one are workflows, too. */
const MAX_WORKFLOW_BYTES = 64 * 1024 ** 2;

/** Whose workflows these are where nobody is named; ComfyUI started with `--multi-user` has others, too. */
const DEFAULT_USER = "default";

/** Workflows of another user are below a directory with the user's name behind this sign. */
const USER_SIGN = "@";

/** The two places of a tracked workflow. */
export interface WorkflowPlaces {
  /** Absolute path in `.cec`. */
  readonly tracked: string;
  /** Absolute path of the copy that ComfyUI shows and saves. */
  readonly copy: string;
}

/** The directory in which ComfyUI keeps the workflows of a user. */
export function comfyuiWorkflows(
  { comfyui }: EnvironmentLayout,
  user: string = DEFAULT_USER,
): string {
  return join(comfyui, "user", user, "workflows");
}

/** The directories in which ComfyUI keeps workflows, each with what its files are called below `.cec/workflows`. */
export async function workflowDirectories(
  environment: EnvironmentLayout,
): Promise<readonly { readonly directory: string; readonly prefix: string }[]> {
  const users = join(environment.comfyui, "user");
  const names = [DEFAULT_USER];
  if (await lookAt(users)) {
    for await (const { name, isDirectory } of Deno.readDir(users)) {
      if (isDirectory && name !== DEFAULT_USER && !name.startsWith(".")) names.push(name);
    }
  }
  return names.sort().map((name) => ({
    directory: comfyuiWorkflows(environment, name),
    prefix: name === DEFAULT_USER ? "" : `${USER_SIGN}${name}/`,
  }));
}

/**
 * Names the two places of a tracked workflow.
 *
 * @returns Nothing where its `file` leads out of `.cec/workflows`, or could on another system.
 */
export function workflowPlaces(
  environment: EnvironmentLayout,
  { file }: Pick<TrackedWorkflow, "file">,
): WorkflowPlaces | undefined {
  const [top, ...below] = innerParts(file) ?? [];
  if (top !== "workflows" || below.length === 0) return undefined;
  const [first = "", ...rest] = below;
  const hasUser = first.startsWith(USER_SIGN) && first.length > 1 && rest.length > 0;
  return {
    tracked: join(environment.workflows, ...below),
    copy: hasUser
      ? join(comfyuiWorkflows(environment, first.slice(USER_SIGN.length)), ...rest)
      : join(comfyuiWorkflows(environment), ...below),
  };
}

/** The bytes of a workflow; nothing where no file is. */
export async function readWorkflowFile(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const info = await lookAt(path);
  if (!info?.isFile) return undefined;
  // What is not too large needs no second look.
  if (info.size > MAX_WORKFLOW_BYTES) return await readBytesBounded(path, MAX_WORKFLOW_BYTES);
  return await Deno.readFile(path).catch((error) => {
    throw fileError("Cannot read", path, error);
  });
}

/** What the two places of a tracked workflow hold. */
export interface WorkflowSides {
  /** What `.cec` has; absent where there is no file. */
  readonly kept?: Uint8Array<ArrayBuffer>;
  /** What ComfyUI has. */
  readonly copy?: Uint8Array<ArrayBuffer>;
}

/**
 * Reads both sides of a tracked workflow.
 *
 * @throws `FILE_UNREADABLE`, `FILE_TOO_LARGE`
 */
export async function readWorkflowSides(
  environment: EnvironmentLayout,
  workflow: Pick<TrackedWorkflow, "file">,
): Promise<WorkflowSides> {
  const places = workflowPlaces(environment, workflow);
  if (!places) return {};
  const [kept, copy] = await Promise.all([
    readWorkflowFile(places.tracked),
    readWorkflowFile(places.copy),
  ]);
  return { kept, copy };
}
