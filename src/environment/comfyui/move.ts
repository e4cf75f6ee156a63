import { join } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import {
  checkoutComfyUI,
  obtainComfyUI,
  readCheckoutState,
  recordedComfyUISource,
} from "../../comfyui/mod.ts";
import { lookAt, type Transaction } from "../../workspace/mod.ts";
import { environmentErrors } from "../errors.ts";
import { COMFYUI_NOTE } from "../notes.ts";
import type { EnvironmentWorld } from "../types.ts";
import { linkModels } from "./models_link.ts";
import { comfyuiWorld } from "./world.ts";

/** Which ComfyUI an environment shall have. */
export interface ComfyUITarget {
  /** Full id. */
  readonly commit: string;
  /** URL or path that it comes from when it is not on this machine. */
  readonly repository: string;
  /** The command that wants it. */
  readonly command: string;
}

/**
 * Puts an environment's ComfyUI at a commit, as a part of a transaction; a missing working copy is made anew.
 *
 * @returns Whether anything had to be done.
 * @throws `COMFYUI_CHANGED` when local changes are in the way, `COMFYUI_NOT_MIRRORED` and what getting ComfyUI throws
 */
export async function moveComfyUI(
  world: EnvironmentWorld,
  transaction: Transaction,
  { commit, repository, command }: ComfyUITarget,
): Promise<boolean> {
  const { environment: { name, comfyui }, git, models, report, checkpoints } = world;
  const state = await readCheckoutState(git, comfyui);
  if (state.status === "present" && state.commit === commit) return false;
  if (state.status === "no_git") throw changed(comfyui, ["it is no git repository any more"]);
  const surroundings = comfyuiWorld(world, command);
  const obtain = async () => {
    const source = await recordedComfyUISource(repository);
    await obtainComfyUI(surroundings, source, commit);
    return source;
  };
  if (state.status === "missing") {
    const staged = await transaction.stagePath();
    await checkoutComfyUI(surroundings, await obtain(), commit, staged);
    await linkModels(models, staged, report);
    await transaction.replace(comfyui, staged);
    return true;
  }
  const differing = [...state.changed, ...state.untracked];
  if (differing.length > 0) throw changed(comfyui, differing);
  if (await git.resolve(comfyui, commit) === undefined) {
    const { mirror } = await obtain();
    await git.fetchCommit(comfyui, join(world.workspace.comfyuiMirrors, mirror), commit);
  }
  await refuseOverwriting(world, state.commit, commit);
  await transaction.note(COMFYUI_NOTE, { environment: name, commit: state.commit, models });
  checkpoints.reach("environment:comfyui-noted");
  await git.checkout(comfyui, commit, { force: true, spare: await linksIn(comfyui) });
  checkpoints.reach("environment:comfyui-moved");
  return true;
}

/** The links in ComfyUI's top directory, such as that to the models; git would put directories in their places. */
export async function linksIn(comfyui: string): Promise<readonly string[]> {
  const entries = await Array.fromAsync(Deno.readDir(comfyui));
  return entries.filter(({ isSymlink }) => isSymlink).map(({ name }) => name).sort();
}

// git itself overwrites what is in its list of ignored files.
async function refuseOverwriting(
  { git, environment: { comfyui } }: EnvironmentWorld,
  from: string | undefined,
  to: string,
): Promise<void> {
  if (from === undefined) return;
  const links = await linksIn(comfyui);
  const added = (await git.differences(comfyui, from, to)).filter(({ change }) => change === "A");
  const inTheWay: string[] = [];
  for (const { path } of added) {
    const [top = ""] = path.split("/");
    if (!links.includes(top) && await lookAt(join(comfyui, ...path.split("/")))) {
      inTheWay.push(path);
    }
  }
  if (inTheWay.length > 0) throw changed(comfyui, inTheWay);
}

/**
 * Refuses to go on when ComfyUI has local changes; one that is missing has none.
 *
 * @throws `COMFYUI_CHANGED` with the files
 */
export async function refuseLocalChanges(
  { git, environment: { comfyui } }: EnvironmentWorld,
): Promise<void> {
  const state = await readCheckoutState(git, comfyui);
  if (state.status === "no_git") throw changed(comfyui, ["it is no git repository any more"]);
  const paths = state.status === "present" ? [...state.changed, ...state.untracked] : [];
  if (paths.length > 0) throw changed(comfyui, paths);
}

const NAMED = 5;

function changed(comfyui: string, paths: readonly string[]): ComfydockError {
  const more = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : "";
  return new ComfydockError(
    environmentErrors.COMFYUI_CHANGED,
    `Cannot change the version of ComfyUI: it has local changes (${
      paths.slice(0, NAMED).join(", ")
    }${more})`,
    {
      hint:
        `Commit, stash or discard them with git in "${comfyui}", then run the same command again`,
      details: { path: comfyui, changes: paths.slice(0, 100) },
    },
  );
}
