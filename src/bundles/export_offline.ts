import { join } from "node:path";
import {
  type EnvironmentState,
  type EnvironmentWorld,
  journalRequest,
  venvPython,
} from "../environment/mod.ts";
import type { PackageChange } from "../tools/mod.ts";
import { lookAt } from "../workspace/disk/mod.ts";
import { change } from "../workspace/mod.ts";
import type { OfflineFacts, PlannedFile } from "./export_types.ts";
import { incomplete } from "./faults.ts";
import { COMFYUI_BUNDLE } from "./places.ts";
import {
  type NeededPackage,
  obtainWheels,
  ownPlatform,
  planWheels,
  type Platform,
  readLockedPackages,
  type WheelPlan,
} from "./wheels/mod.ts";

const COMMAND = "export";

/**
 * Works with a directory that is taken away afterwards; what a killed export left of it, the next command that changes
 * anything takes away.
 *
 * @param work Told the directory's absolute path.
 * @throws `LOCKED` while another export gets packages, `JOURNAL_PENDING`, `FILE_UNWRITABLE`
 */
export async function withScratch<Result>(
  world: EnvironmentWorld,
  work: (scratch: string) => Promise<Result>,
): Promise<Result> {
  const request = { command: COMMAND, undoable: false, locks: [`${COMMAND}-packages`] };
  return await change({ ...journalRequest(world), ...request }, async (transaction) => {
    const scratch = await transaction.stagePath();
    await Deno.mkdir(scratch);
    return await work(scratch);
  });
}

/**
 * Gets what an import without any network needs; in a dry run nothing is fetched, built or packed, and files are as
 * large as the lock says.
 *
 * @param scratch Absolute path of a directory that is taken away after the export; in a dry run it does not exist.
 * @throws `BUNDLE_INCOMPLETE`, and what downloads, git and uv throw
 */
export async function readOfflineFacts(
  world: EnvironmentWorld,
  state: EnvironmentState,
  { platforms, scratch, dryRun }: {
    readonly platforms: readonly Platform[];
    readonly scratch: string;
    readonly dryRun: boolean;
  },
): Promise<OfflineFacts> {
  const { lockText, manifest: { environment: { comfyuiCommit, pythonVersion = "3" } } } = state;
  const { git, checkpoints, environment: { comfyui, venv } } = world;
  if (lockText === undefined) throw incomplete("there is no uv.lock", "comfydock lock");
  const found = await lookAt(comfyui) ? await git.resolve(comfyui, "HEAD") : undefined;
  if (found === undefined || found !== comfyuiCommit) {
    throw incomplete("ComfyUI is not at the commit of the manifest", "comfydock repair");
  }
  const python = await lookAt(venv) ? venvPython(venv) : pythonVersion;
  const needed = await neededPackages(world, { platforms, scratch, python });
  const plan = planWheels(readLockedPackages(lockText, "uv.lock"), needed, pythonVersion);
  const names = {
    wheels: plan.wheels.map(({ file }) => file),
    builds: plan.builds.map(({ name }) => name),
  };
  if (dryRun) return { files: expectedWheels(plan), ...names };
  const place = join(scratch, "comfyui.bundle");
  await git.createBundle(comfyui, place);
  const { size } = await Deno.stat(place);
  checkpoints.reach("export:comfyui");
  const { manifestText } = state;
  const wheels = await obtainWheels(world, plan, {
    python,
    pythonVersion,
    manifestText,
    scratch,
  });
  return {
    files: [
      { path: COMFYUI_BUNDLE, size, executable: false, from: place },
      ...wheels.map(({ file, place, size, sha256 }) => ({
        path: `wheels/${file}`,
        size,
        executable: false,
        from: place,
        sha256,
        mend: `comfydock cache clean downloads`,
      })),
    ],
    ...names,
  };
}

async function neededPackages(
  world: EnvironmentWorld,
  { platforms, scratch, python }: {
    readonly platforms: readonly Platform[];
    readonly scratch: string;
    readonly python: string;
  },
): Promise<ReadonlyMap<Platform, readonly NeededPackage[]>> {
  // Nothing has to be fetched to tell what would be installed.
  const uv = await world.uv({ offline: true });
  const { cec } = world.environment;
  const project = { directory: cec, environment: join(scratch, "venv"), python };
  const needed = new Map<Platform, readonly PackageChange[]>();
  for (const platform of platforms) {
    const own = platform.name === ownPlatform().name;
    const options = {
      lock: "frozen",
      dryRun: true,
      ...!own && { platform: platform.name },
    } as const;
    needed.set(platform, await uv.sync(project, options));
  }
  return needed;
}

function expectedWheels({ wheels }: WheelPlan): readonly PlannedFile[] {
  return wheels.map(({ file, url, size = 0 }) => ({
    path: `wheels/${file}`,
    size,
    executable: false,
    from: url,
  }));
}
