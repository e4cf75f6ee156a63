import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  invalidData,
  isKind,
  type JsonRecord,
  optional,
  readList,
  readText,
  readTextBounded,
  silentReporter,
} from "../base/mod.ts";
import { MAX_MANIFEST_BYTES, readManifest } from "../pyproject/mod.ts";
import type { Git, GitHead, Uv } from "../tools/mod.ts";
import {
  ACTIVE_NOTE,
  activeHandler,
  type EnvironmentLayout,
  environmentLayout,
  lookAt,
  type NoteHandlers,
  removeTree,
  SETTING_NOTE,
  settingHandler,
  type WorkspaceLayout,
} from "../workspace/mod.ts";
import { COMFYUI_NOTE, GIT_HEAD_NOTE, GIT_REF_NOTE, VENV_NOTE } from "./notes.ts";
import { readLock } from "./state.ts";
import type { UvUse } from "./types.ts";

/** What handlers ask of the outside world; no signal stops any of it. */
export interface HandlerWorld {
  readonly workspace: WorkspaceLayout;
  readonly git: Git;
  /** uv, found or provided when it is first needed. */
  uv(use?: UvUse): Promise<Uv>;
  readonly offline: boolean;
}

/**
 * The handlers of all notes that commands on environments write.
 *
 * Every note names its environment, so that any command can end what another one left. What they bring back is loaded when
 * it comes to that, because every command that changes anything has them at hand.
 */
export function environmentHandlers(world: HandlerWorld): NoteHandlers {
  const layoutOf = (data: JsonRecord) =>
    environmentLayout(world.workspace, readText(data.environment, "$.environment"));
  return {
    [GIT_HEAD_NOTE]: {
      async capture(data) {
        const { name, cec } = layoutOf(data);
        if (!await isRepository(cec)) return { ...data, absent: true };
        return { environment: name, ...await world.git.readHead(cec) };
      },
      async restore(data) {
        const { cec } = layoutOf(data);
        if (data.absent === true || !await isRepository(cec)) return;
        const head = readHead(data);
        await clearGitLocks(cec, head);
        await world.git.restoreHead(cec, head);
      },
    },
    [GIT_REF_NOTE]: {
      async capture(data) {
        const { name, cec } = layoutOf(data);
        const ref = readRef(data);
        if (!await isRepository(cec)) return { ...data, absent: true };
        return { environment: name, ref, commit: await world.git.resolve(cec, ref) };
      },
      async restore(data) {
        const { cec } = layoutOf(data);
        if (data.absent === true || !await isRepository(cec)) return;
        const ref = readRef(data);
        await clearGitLocks(cec, { ref });
        const commit = optional(data.commit, "$.commit", readText);
        if (commit === await world.git.resolve(cec, ref)) return;
        await world.git.setRef(cec, ref, commit);
      },
    },
    [COMFYUI_NOTE]: {
      async capture(data) {
        const { name, comfyui } = layoutOf(data);
        if (!await isRepository(comfyui)) return { ...data, commit: undefined };
        const commit = await world.git.resolve(comfyui, "HEAD");
        return { environment: name, commit, models: data.models };
      },
      async restore(data) {
        const { comfyui } = layoutOf(data);
        const commit = optional(data.commit, "$.commit", readText);
        if (commit === undefined || !await isRepository(comfyui)) return;
        await clearGitLocks(comfyui, {});
        const { linksIn } = await import("./comfyui/move.ts");
        const links = await linksIn(comfyui);
        await world.git.checkout(comfyui, commit, { force: true, spare: links });
        const models = optional(data.models, "$.models", readText);
        if (models === undefined || links.includes("models")) return;
        const { linkModels } = await import("./comfyui/models_link.ts");
        await linkModels(models, comfyui, silentReporter);
      },
    },
    [ACTIVE_NOTE]: activeHandler(world.workspace),
    [SETTING_NOTE]: settingHandler(world.workspace),
    [VENV_NOTE]: {
      async capture(data) {
        const { traceVenv } = await import("./venv/mod.ts");
        return { ...data, traces: await traceVenv(layoutOf(data).venv) };
      },
      restore: (data) => restoreVenv(world, data),
    },
  };
}

/** What made the whole environment may be undone and done again: then there is none meanwhile, and nothing to bring back. */
async function isRepository(directory: string): Promise<boolean> {
  return await lookAt(join(directory, ".git")) !== undefined;
}

// The journal is only trusted with names that can be nothing but branches.
function readRef(data: JsonRecord): string {
  const ref = readText(data.ref, "$.ref");
  if (/^refs\/heads\/[^-]/.test(ref)) return ref;
  throw invalidData("$.ref", "the name of a branch", ref);
}

function readHead(data: JsonRecord): GitHead {
  return {
    ref: optional(data.ref, "$.ref", readText),
    commit: optional(data.commit, "$.commit", readText),
    tree: optional(data.tree, "$.tree", readText),
  };
}

// A killed git leaves its locks; the environment's own lock says that no other is at work for us.
async function clearGitLocks(directory: string, { ref }: GitHead): Promise<void> {
  for (const name of ["index.lock", "HEAD.lock", ...(ref ? [`${ref}.lock`] : [])]) {
    await removeTree(join(directory, ".git", name));
  }
}

async function restoreVenv(world: HandlerWorld, data: JsonRecord): Promise<void> {
  const environment = environmentLayout(
    world.workspace,
    readText(data.environment, "$.environment"),
  );
  if (data.existed === false || !await lookAt(environment.manifest)) return;
  const lockText = await readLock(environment.lockFile);
  if (lockText === undefined) return;
  const text = await readTextBounded(environment.manifest, MAX_MANIFEST_BYTES);
  const manifest = readManifest(text, environment.manifest);
  const suspects = readList(data.suspects ?? [], "$.suspects").map((name, at) =>
    readText(name, `$.suspects[${at}]`)
  );
  const content = { manifest, lockText, suspects };
  const { fillVenv, renewVenv } = await import("./venv/mod.ts");
  if (await wasCutOff(environment, optional(data.traces, "$.traces", readText))) {
    try {
      return await renewVenv(await world.uv({ offline: true }), environment, content);
    } catch (error) {
      // What is not in the cache may still be in the old one.
      if (!(error instanceof ComfydockError) || isKind(error, baseErrors.INTERRUPTED)) throw error;
    }
  }
  try {
    await fillVenv(await world.uv({ offline: true }), environment, content);
  } catch (error) {
    if (world.offline) throw error;
    // What is not in the cache any more can only come over the network.
    await fillVenv(await world.uv({ offline: false }), environment, content);
  }
}

/** Whether uv was killed while it changed `.venv`: what it left may belong to no package that anybody knows of. */
async function wasCutOff(
  { venv }: EnvironmentLayout,
  traces: string | undefined,
): Promise<boolean> {
  if (traces === undefined) return false;
  const { readStamp, traceVenv } = await import("./venv/mod.ts");
  if (await readStamp(venv) !== undefined) return false;
  return await traceVenv(venv) !== traces;
}
