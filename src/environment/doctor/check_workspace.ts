import { listEnvironments, planInit } from "../../workspace/mod.ts";
import { toFinding } from "./to_finding.ts";
import type { DoctorWorld, Finding } from "./types.ts";

/** Looks at the layout of the workspace, its active environment and the directory of models. */
export async function checkWorkspace(world: DoctorWorld): Promise<readonly Finding[]> {
  const { workspace, facts, models, clock } = world;
  const found: Finding[] = [];
  try {
    const now = new Date(clock.now()).toISOString();
    const { directories } = await planInit({ path: workspace.root, now });
    const [first] = directories;
    if (first !== undefined) {
      found.push({
        check: "workspace",
        severity: "warning",
        message:
          `${directories.length} directories of the workspace are missing, such as "${first}"`,
        hint: "Run comfydock doctor --fix",
        fix: { kind: "directories" },
      });
    }
    found.push(...await checkActive(world));
    // The default directory is one of the workspace's own.
    if (!directories.includes(models) && !(await isDirectory(models))) {
      found.push({
        check: "workspace",
        severity: "error",
        message: `The directory of models "${models}" does not exist`,
        hint: "Run comfydock config set models_dir DIR, or comfydock doctor --fix to make it empty",
        fix: { kind: "directory", path: models },
      });
    }
  } catch (error) {
    found.push(toFinding("workspace", error));
  }
  const since = `made ${facts.createdAt.slice(0, 10)}`;
  const ok = {
    check: "workspace",
    severity: "ok",
    message: `${workspace.root}, ${since}`,
  } as const;
  return found.length === 0 ? [ok] : found;
}

async function checkActive({ workspace, facts }: DoctorWorld): Promise<readonly Finding[]> {
  const { activeEnvironment: active } = facts;
  const names = await listEnvironments(workspace);
  if (active === undefined || names.includes(active)) return [];
  return [{
    check: "workspace",
    severity: "warning",
    message: `The active environment "${active}" does not exist`,
    hint: names.length > 0 ? `Run comfydock use ${names[0]}` : "Run comfydock create NAME --use",
    fix: { kind: "deactivate" },
  }];
}

async function isDirectory(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isDirectory, () => false);
}
