import { parseJsonText, readRecord } from "../../base/mod.ts";
import type { AnswerCache } from "../../http/answers/mod.ts";
import type { RegistryClient } from "../../registry/asking/mod.ts";
import type { PackageVersion } from "./types.ts";

/** One bulk request takes no more. */
const MOST_ASKED = 100;
/** How many are asked for one by one where a server knows no bulk request. */
const MOST_ALONE = 5;

/** The registry no longer gives these out. */
const GONE = /(?:banned|deleted)$/i;

/** What finding addresses of archives needs. */
export interface UrlSources {
  readonly client: RegistryClient;
  readonly answers: AnswerCache;
  readonly registryUrl: string;
  /** What the node index says, by version. */
  readonly known: ReadonlyMap<string, string>;
}

/**
 * Gives versions the addresses of their archives, which the registry's lists often leave empty.
 *
 * What was once told of a version holds for ever, so it is kept, and only what is missing is asked for.
 *
 * @param versions Newest first.
 * @throws What the client throws.
 */
export async function fillDownloadUrls(
  id: string,
  versions: readonly PackageVersion[],
  { client, answers, registryUrl, known }: UrlSources,
): Promise<readonly PackageVersion[]> {
  if (versions.every(({ downloadUrl }) => downloadUrl)) return versions;
  const key = `${registryUrl}/bulk/nodes/versions?node_id=${encodeURIComponent(id)}`;
  const urls = new Map([...known, ...readKept(answers, key)]);
  const missing = versions
    .filter(({ version, downloadUrl }) => !downloadUrl && !urls.has(version))
    .filter(({ status }) => !GONE.test(status ?? ""))
    .slice(0, MOST_ASKED);
  if (missing.length > 0) {
    for (const [version, url] of await ask(id, missing, client)) urls.set(version, url);
    const body = new TextEncoder().encode(JSON.stringify(Object.fromEntries(urls)));
    answers.keep(key, { status: 200, url: key, body, checkedAt: answers.clock.now() });
  }
  return versions.map((one) => ({
    ...one,
    downloadUrl: one.downloadUrl || urls.get(one.version),
  }));
}

async function ask(
  packageId: string,
  missing: readonly PackageVersion[],
  client: RegistryClient,
): Promise<ReadonlyMap<string, string>> {
  const names = missing.map(({ version }) => ({ packageId, version }));
  const bulk = (await client.versionsInBulk(names))?.items ??
    await Promise.all(names.slice(0, MOST_ALONE).map((name) => client.version(name)));
  return new Map(
    bulk.flatMap((one) =>
      one?.version.download_url ? [[one.version.version, one.version.download_url] as const] : []
    ),
  );
}

function readKept(answers: AnswerCache, key: string): readonly (readonly [string, string])[] {
  const kept = answers.read(key);
  if (!kept) return [];
  const urls = readRecord(parseJsonText(new TextDecoder().decode(kept.body), "$"), "$");
  return Object.entries(urls).map(([version, url]) => [version, String(url)]);
}
