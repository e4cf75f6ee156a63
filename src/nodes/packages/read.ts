import { ComfydockError } from "../../base/mod.ts";
import { createCachingClient } from "../../http/answers/mod.ts";
import { httpErrors } from "../../http/mod.ts";
import {
  createRegistryClient,
  type RegistryClient,
  type RegistryPackage,
} from "../../registry/asking/mod.ts";
import { fillDownloadUrls } from "./download_urls.ts";
import { factsFromIndex, fromRegistry, sortNewestFirst, sourceOf } from "./from_index.ts";
import { licenseName } from "./license.ts";
import type { PackageFacts, PackageReader, PackageVersion, PackageWorld } from "./types.ts";

/** New versions shall be seen soon, and thirty packs looked at twice in a row shall not be asked for twice. */
const MAX_AGE_MS = 10 * 60_000;

/** Makes a reader of facts about packages: the registry's answers, kept ones, and the index where it must do. */
export function createPackageReader(world: PackageWorld): PackageReader {
  const reading = new Map<string, Promise<PackageFacts | undefined>>();
  let registry: Promise<RegistryAnswers> | undefined;
  const open = () => registry ??= openRegistry(world);
  return {
    read(id) {
      let facts = reading.get(id);
      if (!facts) reading.set(id, facts = readFacts(id, world, open));
      return facts;
    },
    async classesOf(id, version) {
      const known = world.index.classesOf(id, version);
      if (known.length > 0 || version === undefined) return known;
      try {
        const { client } = await open();
        const found = await client.nodeClasses({ packageId: id, version });
        return (found?.classes ?? []).map((one) => one.comfy_node_name).sort();
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        return [];
      }
    },
  };
}

interface RegistryAnswers {
  readonly client: RegistryClient;
  /** The least fresh of what was answered since it was last asked. */
  origin(): "network" | "cache" | "stale";
}

async function openRegistry(world: PackageWorld): Promise<RegistryAnswers> {
  const order = ["network", "cache", "stale"] as const;
  let worst = 0;
  const http = createCachingClient(await world.http(), world.answers, {
    maxAgeMs: world.maxAgeMs ?? MAX_AGE_MS,
    onAnswer: (_url, from) => worst = Math.max(worst, order.indexOf(from)),
  });
  return {
    client: createRegistryClient(http, world.registryUrl, world.signal),
    origin() {
      const origin = order[worst]!;
      worst = 0;
      return origin;
    },
  };
}

async function readFacts(
  id: string,
  world: PackageWorld,
  open: () => Promise<RegistryAnswers>,
): Promise<PackageFacts | undefined> {
  const known = world.index.packageOf(id);
  const ofIndex = known && factsFromIndex(id, known);
  // The registry cannot tell anything about these.
  if (sourceOf(id, known) !== "registry") return ofIndex;
  try {
    const { client, origin } = await open();
    const page = await client.versionsOf(id);
    const found = page && await client.packageById(id);
    if (!page) return ofIndex && { ...ofIndex, listed: false, from: origin() };
    const facts = merge(id, found, ofIndex);
    const from = origin();
    const versions = await withUrls(sortNewestFirst(page.items.map(fromRegistry)), ofIndex, {
      client,
      id: facts.id,
      world,
    });
    return { ...facts, versions, from };
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    const offline = error.code === httpErrors.NETWORK_OFFLINE.code;
    if (!ofIndex && !offline) throw error;
    if (ofIndex && !offline) tell(world, error.message);
    return ofIndex;
  }
}

/** Where the addresses of archives cannot be had now, the rest is still worth telling. */
async function withUrls(
  versions: readonly PackageVersion[],
  ofIndex: PackageFacts | undefined,
  { client, id, world }: { client: RegistryClient; id: string; world: PackageWorld },
): Promise<readonly PackageVersion[]> {
  const told = (ofIndex?.versions ?? []).filter(({ downloadUrl }) => downloadUrl);
  const known = new Map(told.map(({ version, downloadUrl }) => [version, downloadUrl!]));
  const { answers, registryUrl } = world;
  try {
    return await fillDownloadUrls(id, versions, { client, answers, registryUrl, known });
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    return versions.map((one) => ({
      ...one,
      downloadUrl: one.downloadUrl ?? known.get(one.version),
    }));
  }
}

function merge(
  id: string,
  found: RegistryPackage | undefined,
  ofIndex: PackageFacts | undefined,
): Omit<PackageFacts, "from"> {
  return {
    // The registry knows packages by other spellings, too, and tells its own.
    id: found?.id ?? id,
    name: found?.name ?? ofIndex?.name ?? id,
    source: "registry",
    author: found?.author ?? ofIndex?.author,
    description: found?.description ?? ofIndex?.description,
    license: licenseName(found?.license) ?? ofIndex?.license,
    repository: found?.repository ?? ofIndex?.repository,
    tags: found?.tags ?? ofIndex?.tags ?? [],
    downloads: found?.downloads ?? ofIndex?.downloads,
    stars: found?.github_stars ?? ofIndex?.stars,
    status: found?.status ?? ofIndex?.status,
    listed: found !== undefined,
    versions: [] satisfies readonly PackageVersion[],
  };
}

function isUnreachable(error: unknown): error is ComfydockError {
  return error instanceof ComfydockError &&
    Object.values(httpErrors).some(({ code }) => code === error.code);
}

function tell({ report }: PackageWorld, why: string): void {
  const message = `${why}; going on with the node index, which may be older`;
  report.emit({ kind: "warned", code: "REGISTRY_UNREACHABLE", message });
}
