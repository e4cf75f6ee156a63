import { join } from "node:path";
import { exists, mapConcurrent, readTextBounded, sha256Of } from "../../base/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import { lookAt } from "../../workspace/disk/mod.ts";
import type { EnvironmentLayout } from "../../workspace/mod.ts";
import {
  type IgnoreRules,
  judgeWorkflow,
  readIgnoreRules,
  workflowName,
  type WorkflowState,
} from "../../workflows/tracking/mod.ts";
import { findUntracked, recordedSha256 } from "./compare.ts";
import { readWorkflowFile, workflowDirectories, workflowPlaces } from "./places.ts";

const MAX_RULES_BYTES = 1024 ** 2;
const MAX_FILES = 10_000;
const DEEPEST = 32;
const AT_ONCE = 8;

/**
 * Judges every workflow that the manifest tracks or ComfyUI shows, sorted by name.
 *
 * @param only Paths below `.cec`, where the others are of no interest.
 * @throws `FILE_UNREADABLE`
 */
export async function surveyWorkflows(
  environment: EnvironmentLayout,
  { workflows }: Pick<Manifest, "workflows">,
  only?: ReadonlySet<string>,
): Promise<readonly WorkflowState[]> {
  const isIgnored = await ignoreRules(environment);
  const tracked = new Map(Object.values(workflows).map((workflow) => [workflow.file, workflow]));
  const files = only ?? new Set([
    ...tracked.keys(),
    ...await shownFiles(environment),
    ...(await findUntracked(environment, { workflows })).filter(isJson),
  ]);
  const judge = async (file: string): Promise<WorkflowState> => {
    const workflow = tracked.get(file);
    const places = workflowPlaces(environment, { file });
    const [kept, copy] = await Promise.all([places?.tracked, places?.copy].map(digestAt));
    return judgeWorkflow({
      name: workflow?.key ?? workflowName(file),
      file,
      tracked: workflow !== undefined,
      ignored: isIgnored(file.slice("workflows/".length)),
      base: workflow && recordedSha256(workflow),
      kept,
      copy,
    });
  };
  // All at once would start a thread for each.
  const states = await Array.fromAsync(mapConcurrent(files, judge, { limit: AT_ONCE }));
  return states.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function digestAt(path: string | undefined): Promise<string | undefined> {
  const bytes = path === undefined ? undefined : await readWorkflowFile(path);
  return bytes && await sha256Of(bytes);
}

async function ignoreRules({ ignoreFile }: EnvironmentLayout): Promise<IgnoreRules> {
  return await exists(ignoreFile)
    ? await readIgnoreRules(await readTextBounded(ignoreFile, MAX_RULES_BYTES))
    : () => false;
}

/** The workflows that ComfyUI shows, as paths below `.cec`. */
export async function shownFiles(environment: EnvironmentLayout): Promise<readonly string[]> {
  const files: string[] = [];
  const walk = async (directory: string, path: string, depth: number): Promise<void> => {
    if (depth > DEEPEST || !(await lookAt(directory))?.isDirectory) return;
    for await (const { name, isDirectory, isFile } of Deno.readDir(directory)) {
      if (name.startsWith(".") || files.length === MAX_FILES) continue;
      if (isDirectory) await walk(join(directory, name), `${path}${name}/`, depth + 1);
      else if (isFile && isJson(name)) files.push(`${path}${name}`);
    }
  };
  for (const { directory, prefix } of await workflowDirectories(environment)) {
    await walk(directory, `workflows/${prefix}`, 0);
  }
  // A name that could lead elsewhere on another system cannot be tracked.
  return files.filter((file) => workflowPlaces(environment, { file }) !== undefined);
}

function isJson(path: string): boolean {
  return /\.json$/i.test(path);
}
