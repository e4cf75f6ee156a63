import { join } from "node:path";
import { ComfydockError, readBytesBounded } from "../base/mod.ts";
import type { TakenWorkflow, TakeoverFinding } from "../environment/takeover/mod.ts";
import { listTree } from "../nodes/mod.ts";
import { entriesIn, lookAt } from "../workspace/disk/mod.ts";

/** The workflows of an install. */
export interface FoundWorkflows {
  readonly workflows: readonly TakenWorkflow[];
  /** What stays behind. */
  readonly findings: readonly TakeoverFinding[];
}

const DEFAULT_USER = "default";
const LARGEST_WORKFLOW = 64 * 1024 ** 2;
const LARGEST_SUM = 512 * 1024 ** 2;
const MOST_WORKFLOWS = 5_000;
/** Parts of a path that not every system allows. */
const ODD = /[\\:*?"<>|\p{Cc}]|^\.|[. ]$/u;

/**
 * Reads the workflows of all users of an install; those of others than the default one lie below `@USER`.
 *
 * @param base What holds `user`.
 */
export async function readWorkflows(base: string): Promise<FoundWorkflows> {
  const workflows: TakenWorkflow[] = [];
  const findings: TakeoverFinding[] = [];
  const drop = (subject: string, message: string) =>
    findings.push({ part: "workflows", certainty: "dropped", subject, message });
  let room = LARGEST_SUM;
  for (const { name: user } of await entriesIn(join(base, "user"))) {
    const directory = join(base, "user", user, "workflows");
    if (user.startsWith(".") || !(await lookAt(directory))?.isDirectory) continue;
    const prefix = user === DEFAULT_USER ? "" : `@${user}/`;
    for (const { path, place, kind, size } of await filesIn(directory, user, drop)) {
      if (!/\.json$/i.test(path) || /(?:^|\/)\./.test(path)) continue;
      const file = `workflows/${prefix}${path}`;
      if (kind === "link") drop(file, "It is a link");
      else if (file.split("/").some((part) => ODD.test(part))) {
        drop(file, "Its name is none that every system allows");
      } else if (size > LARGEST_WORKFLOW || size > room || workflows.length >= MOST_WORKFLOWS) {
        drop(file, "It is too large, or one of too many");
      } else {
        workflows.push({ file, content: await readBytesBounded(place, LARGEST_WORKFLOW) });
        room -= size;
      }
    }
  }
  return { workflows, findings };
}

async function filesIn(
  directory: string,
  user: string,
  drop: (subject: string, message: string) => void,
): ReturnType<typeof listTree> {
  try {
    return await listTree(directory);
  } catch (error) {
    if (!(error instanceof ComfydockError)) throw error;
    drop(`user/${user}/workflows`, `It cannot be read: ${error.message}`);
    return [];
  }
}
