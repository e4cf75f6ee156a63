import { basename, relative } from "node:path";
import { createRunner, createUv, findUv, readUvPin, type Uv } from "../../../tools/mod.ts";
import {
  CACHE_LOCK,
  type CacheBucket,
  cacheBuckets,
  type CachePlan,
  type ConfigEntry,
  configValue,
  type HeldLock,
  withLocks,
  type Workspace,
} from "../../../workspace/mod.ts";
import type { CommandContext } from "../../types.ts";
import { lockSettings, openNamedWorkspace, readConfig } from "../access.ts";

/** The cache of a workspace. */
export interface OpenedCache {
  readonly workspace: Workspace;
  readonly config: readonly ConfigEntry[];
  readonly buckets: readonly CacheBucket[];
  readonly uvCache: string;
  /** Whether uv's cache lies outside the workspace, so that other tools may use it too. */
  readonly uvCacheIsShared: boolean;
}

/** Opens the cache of the workspace. */
export async function openCache(context: CommandContext): Promise<OpenedCache> {
  const workspace = await openNamedWorkspace(context);
  const config = await readConfig(context, workspace);
  const uvCache = `${configValue(config, "uv_cache_dir")}`;
  const { layout } = workspace;
  return {
    workspace,
    config,
    buckets: cacheBuckets(layout, uvCache),
    uvCache,
    uvCacheIsShared: relative(layout.root, uvCache).startsWith(".."),
  };
}

/** Runs work while nobody fills the cache or works with a mirror that is to go. */
export async function withCache<Result>(
  context: CommandContext,
  { workspace, config }: OpenedCache,
  command: string,
  { removals }: CachePlan,
  work: (lock: HeldLock) => Promise<Result>,
): Promise<Result> {
  const mirrors = removals.flatMap(({ bucket, path }) => {
    // Staging and former mirrors are named after theirs, with dots around.
    const name = /^\.?(.+?)\.git(\.|$)/.exec(basename(path))?.[1];
    return bucket === "comfyui" && name !== undefined ? [`comfyui-${name}`] : [];
  });
  const settings = lockSettings(context, config, command);
  return await withLocks(
    workspace.layout,
    [CACHE_LOCK, ...mirrors],
    settings,
    (locks) => work(locks.find(({ name }) => name === CACHE_LOCK)!),
  );
}

/** uv as it is at hand, with the cache of the workspace; nothing where there is none. */
export async function uvAtHand(
  { env, signal }: CommandContext,
  { workspace: { layout }, config, uvCache }: OpenedCache,
): Promise<Uv | undefined> {
  const runner = createRunner({ env });
  const configured = configValue(config, "uv_path");
  const program = configured === undefined
    ? (await findUv(runner, { env, directory: layout.uvBin, pin: await readUvPin(), signal })).found
      ?.program
    : `${configured}`;
  return program === undefined ? undefined : createUv(runner, {
    program,
    cacheDirectory: uvCache,
    pythonDirectory: layout.uvPython,
    offline: true,
    signal,
  });
}
