import { dirname, join } from "node:path";
import { invalidData, parseJsonBytes, readRecord, readText } from "../../src/base/mod.ts";
import type { GitHub, Release } from "./github.ts";
import type { Night, NightlyStore } from "./store.ts";

const CACHE = "registry_cache.json.gz";
const METADATA = "build_metadata.json";
const KEPT_RELEASES = 7;

/** Keeps the cache in releases `cache-N`, of which the last seven stay. */
export class ReleaseStore implements NightlyStore {
  readonly #github: GitHub;
  readonly #directory: string;
  readonly #run: number;

  /**
   * @param directory The data directory.
   * @param run The N of this night's release.
   */
  constructor(github: GitHub, directory: string, run: number) {
    this.#github = github;
    this.#directory = directory;
    this.#run = run;
  }

  async fetch(skipped: number): Promise<string | undefined> {
    const whole = (await this.#releases())
      .filter(({ draft, assets }) => !draft && assets.has(CACHE) && assets.has(METADATA));
    const release = whole[skipped];
    if (!release) return undefined;
    const metadata = await this.#github.download(release.assets.get(METADATA)!);
    const { date, sha256 } = readMetadata(metadata);
    const [year, month] = date.split("-");
    const name = `registry_cache_${date.replaceAll("-", "")}.json.gz`;
    const path = join(this.#directory, "history", year!, month!, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, await this.#github.download(release.assets.get(CACHE)!));
    await Deno.writeTextFile(`${path}.sha256`, `${sha256}  ${name}\n`);
    return date;
  }

  async keep({ message, metrics }: Night): Promise<string> {
    const cache = join(this.#directory, "cache");
    const metadata = readRecord(
      parseJsonBytes(await Deno.readFile(join(cache, "metadata.json")), "$"),
      "$",
    );
    const tag = `cache-${this.#run}`;
    for (const left of await this.#releases()) {
      if (left.tag === tag) await this.#github.deleteRelease(left);
    }
    const release = await this.#github.draftRelease(tag, message);
    await this.#github.upload(release, CACHE, await Deno.readFile(join(cache, CACHE)));
    const text = `${JSON.stringify({ ...metadata, metrics }, null, 2)}\n`;
    await this.#github.upload(release, METADATA, new TextEncoder().encode(text));
    await this.#github.publishRelease(release);
    await this.#removeOld();
    return `Release ${tag}`;
  }

  async #removeOld(): Promise<void> {
    const releases = await this.#releases();
    const published = releases.filter(({ draft }) => !draft);
    const old = [...published.slice(KEPT_RELEASES), ...releases.filter(({ draft }) => draft)];
    for (const release of old) await this.#github.deleteRelease(release);
  }

  /** The releases of caches, newest first; a draft is what an interrupted night has left. */
  async #releases(): Promise<readonly Release[]> {
    const number = ({ tag }: Release) => Number(/^cache-(\d{1,9})$/.exec(tag)?.[1] ?? NaN);
    return (await this.#github.releases())
      .filter((release) => !Number.isNaN(number(release)))
      .toSorted((a, b) => number(b) - number(a));
  }
}

function readMetadata(bytes: Uint8Array): { readonly date: string; readonly sha256: string } {
  const record = readRecord(parseJsonBytes(bytes, METADATA), METADATA);
  const date = readText(record.date, `${METADATA} date`);
  const sha256 = readText(record.sha256, `${METADATA} sha256`);
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) throw invalidData(`${METADATA} date`, "a day", date);
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw invalidData(`${METADATA} sha256`, "a SHA-256", sha256);
  return { date, sha256 };
}
