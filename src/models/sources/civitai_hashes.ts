import { type ComfydockError, parseJsonText } from "../../base/mod.ts";
import { isOutage, type KeptAnswer } from "../../http/answers/mod.ts";
import { askCivitai } from "./civitai_api.ts";
import { type CivitaiVersion, readVersion } from "./civitai_version.ts";
import type { SourceWorld } from "./types.ts";

/** The service takes no more hashes in one question. */
const MAX_BATCH = 100;
/** What has a file goes on having it; a file that nobody has may be published any day. */
const FOUND_AGE_MS = 30 * 86_400_000;
const ABSENT_AGE_MS = 86_400_000;

/** What CivitAI knows of files. */
export interface HashLookup {
  /** The versions that hold them, by hash in lower case. */
  readonly found: ReadonlyMap<string, CivitaiVersion>;
  /** Hashes that could not be asked for, and of which nothing was kept. */
  readonly unasked: readonly string[];
  /** Why they could not. */
  readonly outage?: ComfydockError;
}

/**
 * Finds the version that holds a file, by its hash.
 *
 * @param hash In hex: SHA-256, BLAKE3 or what else CivitAI keeps.
 * @returns Nothing where no version has it.
 * @throws what the network throws
 */
export async function findByHash(
  world: SourceWorld,
  hash: string,
): Promise<CivitaiVersion | undefined> {
  const value = await askCivitai(world, { path: `model-versions/by-hash/${hash}` });
  return value === undefined ? undefined : readVersion(value, "$");
}

/**
 * Finds the versions that hold files, by their SHA-256, in as few questions as can be.
 *
 * Each answer is kept by itself, so that only what is new is asked for; without a network kept ones do at any age.
 *
 * @param hashes In hex.
 * @throws `DATA_INVALID`, and what the network throws where it is no outage
 */
export async function findManyByHash(
  world: SourceWorld,
  hashes: readonly string[],
): Promise<HashLookup> {
  const wanted = [...new Set(hashes.map((hash) => hash.toLowerCase()))];
  const kept = new Map(wanted.map((hash) => [hash, readKept(world, hash)]));
  const asked = wanted.filter((hash) => !isFresh(world, kept.get(hash)));
  const told = new Map<string, unknown>();
  const unasked: string[] = [];
  let outage: ComfydockError | undefined;
  for (let at = 0; at < asked.length; at += MAX_BATCH) {
    const batch = asked.slice(at, at + MAX_BATCH);
    try {
      if (outage === undefined) {
        for (const [hash, value] of await askBatch(world, batch)) {
          told.set(hash, value);
          keep(world, hash, value);
        }
        continue;
      }
    } catch (error) {
      if (!isOutage(error)) throw error;
      outage = error;
    }
    unasked.push(...batch.filter((hash) => !kept.get(hash)));
  }
  const found = new Map<string, CivitaiVersion>();
  for (const hash of wanted) {
    const value = told.has(hash) ? told.get(hash) : valueOf(kept.get(hash));
    if (value !== null && value !== undefined) found.set(hash, readVersion(value, "$"));
  }
  return { found, unasked, outage: unasked.length > 0 ? outage : undefined };
}

/** What the service says to each hash: a version as it is sent, or `null`. */
async function askBatch(
  world: SourceWorld,
  batch: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
  const value = await askCivitai(world, {
    path: "model-versions/by-hash",
    body: JSON.stringify(batch),
  });
  const told = new Map<string, unknown>(batch.map((hash) => [hash, null]));
  for (const item of Array.isArray(value) ? value : []) {
    for (const { digests: { sha256 } } of readVersion(item, "$[]").files) {
      if (sha256 !== undefined && told.has(sha256)) told.set(sha256, item);
    }
  }
  return told;
}

function keyOf({ hosts }: SourceWorld, hash: string): string {
  return `${hosts.civitai.endpoint}/api/v1/model-versions/by-hash?sha256=${hash}`;
}

function readKept(world: SourceWorld, hash: string): KeptAnswer | undefined {
  return world.answers?.read(keyOf(world, hash));
}

function keep(world: SourceWorld, hash: string, value: unknown): void {
  const { answers } = world;
  const [key, body] = [keyOf(world, hash), new TextEncoder().encode(JSON.stringify(value))];
  answers?.keep(key, { status: 200, url: key, body, checkedAt: answers.clock.now() });
}

function valueOf(kept: KeptAnswer | undefined): unknown {
  return kept === undefined ? null : parseJsonText(new TextDecoder().decode(kept.body), "$");
}

function isFresh({ answers }: SourceWorld, kept: KeptAnswer | undefined): boolean {
  if (!answers || !kept) return false;
  const age = answers.clock.now() - kept.checkedAt;
  return age >= 0 && age < (valueOf(kept) === null ? ABSENT_AGE_MS : FOUND_AGE_MS);
}
