import { ComfydockError } from "../../base/mod.ts";
import { createCachingClient, openAnswerCache } from "../../http/answers/mod.ts";
import { type DownloadWorld, findIndexed, ModelIndex, openSourceWorld } from "../../models/mod.ts";
import { findUserConfigDirectory, readCredentials } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";

/** What models are fetched and registered with. */
export interface ModelWorld {
  readonly downloads: DownloadWorld;
  /** Absent where the index cannot be used; then nothing is linked, and nothing noted. */
  readonly index?: ModelIndex;
}

/** Answers of the services' APIs younger than this are not asked for again, in milliseconds. */
const ANSWER_AGE_MS = 60 * 60_000;

/**
 * Runs work with sources, tokens, kept answers and the model index.
 *
 * @throws `MODEL_SOURCE_INVALID` for a mirror that is no URL, `DATA_INVALID` for damaged credentials
 */
export async function withModelWorld<Result>(
  world: EnvironmentWorld,
  work: (models: ModelWorld) => Promise<Result>,
): Promise<Result> {
  const { workspace, env, report, clock, signal } = world;
  const credentials = await readCredentials(findUserConfigDirectory(env), env);
  const http = await world.http();
  using answers = openAnswerCache(workspace.apiCache, { clock, report });
  const api = createCachingClient(http, answers, { maxAgeMs: ANSWER_AGE_MS });
  const index = openIndex(world);
  try {
    const downloads: DownloadWorld = {
      sources: await openSourceWorld({ http, api, answers, env, credentials, signal }),
      report,
      signal,
      directory: world.models,
      findSame: (digests) => Promise.resolve(index ? findIndexed(index, digests) : []),
    };
    return await work({ downloads, index });
  } finally {
    index?.close();
  }
}

/** Opens the workspace's model index; where it cannot be used, that is told. */
export function openIndex({ workspace, report }: EnvironmentWorld): ModelIndex | undefined {
  try {
    return new ModelIndex(workspace.modelIndex);
  } catch (error) {
    if (!(error instanceof ComfydockError)) throw error;
    // The files themselves need no index; the next scan makes it anew.
    report.emit({ kind: "warned", code: error.code, message: error.message });
    return undefined;
  }
}
