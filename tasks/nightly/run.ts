import { createHash } from "node:crypto";
import { join } from "node:path";
import { exists, isKind, optional, parseJsonText, readRecord, redact } from "../../src/base/mod.ts";
import { pipelineErrors, restoreSnapshot } from "../../src/pipeline/mod.ts";
import type { CommandRunner } from "../../src/tools/mod.ts";
import type { GitHub } from "./github.ts";
import { tellFailure } from "./issue.ts";
import { commitMessage, type Metrics, readMetrics, summaryText } from "./metrics.ts";
import { ReleaseStore } from "./release_store.ts";
import { RepositoryStore } from "./repository_store.ts";
import type { NightlySettings } from "./settings.ts";
import type { NightlyStore } from "./store.ts";
import { WorkingCopy } from "./working_copy.ts";

const MAPPINGS = "node_mappings.json";

/** What a nightly run works with. */
export interface NightlyWorld {
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly runner: CommandRunner;
  readonly github: GitHub;
  /** Runs comfydock. */
  readonly comfydock: (argv: readonly string[]) => Promise<{
    readonly stdout: string;
    readonly stderr: string;
  }>;
  /** Takes the summary, as Markdown. */
  readonly summary: (text: string) => Promise<void>;
}

/** What a nightly run came to. */
export interface NightlyOutcome {
  readonly ok: boolean;
  /** True when there was something new, and it was published. */
  readonly published: boolean;
  readonly notes: readonly string[];
}

/**
 * Runs a night: the previous cache is fetched and verified, brought up to date, checked, and published when it has
 * something new.
 *
 * A failure opens or updates one issue, and leaves what was published as it is.
 */
export async function runNightly(
  settings: NightlySettings,
  world: NightlyWorld,
): Promise<NightlyOutcome> {
  const notes: string[] = [];
  let metrics: Metrics = {};
  try {
    const night = await prepare(settings, world, notes);
    metrics = await update(settings, world, night.dataDir, notes);
    const published = await publish(settings, world, { ...night, metrics, notes });
    await world.summary(summaryText("Registry data", metrics, notes));
    return { ok: true, published, notes };
  } catch (error) {
    const message = redact(error instanceof Error ? error.message : String(error));
    const text = summaryText("Registry data: failed", metrics, [message, ...notes]);
    await world.summary(text);
    notes.unshift(message);
    try {
      await tellFailure(world.github, `${text}\n[The run](${settings.runUrl})\n`);
    } catch (failure) {
      // Whoever reads the run shall see both: what went wrong, and that nobody was told.
      notes.push(redact(`No issue was opened: ${failure}`));
    }
    return { ok: false, published: false, notes };
  }
}

interface Prepared {
  readonly dataDir: string;
  readonly store: NightlyStore;
  /** Where the mappings are published. */
  readonly mappings: WorkingCopy;
}

/** Lays out the data directory as the last night has left it. */
async function prepare(
  settings: NightlySettings,
  { runner, github, now }: NightlyWorld,
  notes: string[],
): Promise<Prepared> {
  const dataDir = join(settings.directory, "data");
  const { serverUrl, remote, branch, token, dataRemote, dataToken, run } = settings;
  await Deno.mkdir(dataDir, { recursive: true });
  const store = dataRemote === undefined
    ? new ReleaseStore(github, dataDir, run)
    : new RepositoryStore(
      new WorkingCopy(
        dataDir,
        { serverUrl, remote: dataRemote, branch: "main", token: dataToken },
        runner,
      ),
    );
  await restore(store, dataDir, now, notes);
  const mappings = new WorkingCopy(
    join(settings.directory, "mappings"),
    { serverUrl, remote, branch, token },
    runner,
  );
  await mappings.open();
  const earlier = join(mappings.directory, MAPPINGS);
  // Against these the new ones are measured, so that a great loss is no publication.
  if (await exists(earlier)) await Deno.copyFile(earlier, join(dataDir, MAPPINGS));
  return { dataDir, store, mappings };
}

/** Restores the newest snapshot that is whole; damaged ones are told of and passed over. */
async function restore(
  store: NightlyStore,
  dataDir: string,
  now: number,
  notes: string[],
): Promise<void> {
  for (let skipped = 0;; skipped++) {
    const date = await store.fetch(skipped);
    if (date === undefined) {
      notes.push("There is no earlier cache; everything is read from the registry");
      return;
    }
    try {
      await restoreSnapshot(dataDir, date, { now });
      return;
    } catch (error) {
      if (!isKind(error, pipelineErrors.SNAPSHOT_DAMAGED)) throw error;
      notes.push(`The snapshot of ${date} is passed over: ${error.message}`);
    }
  }
}

async function update(
  { full, allowShrink, budget, options }: NightlySettings,
  { now, comfydock }: NightlyWorld,
  dataDir: string,
  notes: string[],
): Promise<Metrics> {
  const { stdout, stderr } = await comfydock([
    ...["registry", "update", "--data-dir", dataDir, "--json"],
    ...["--now", new Date(now).toISOString()],
    ...(full ? ["--force-full"] : []),
    ...(allowShrink ? ["--allow-shrink"] : []),
    ...(budget === undefined ? [] : ["--request-budget", String(budget)]),
    ...options,
  ]);
  const envelope = readRecord(
    parseJsonText(stdout || stderr || "null", "the answer"),
    "the answer",
  );
  const failure = optional(envelope.error, "$.error", readRecord);
  const data = optional(envelope.data, "$.data", readRecord);
  const result = optional(data?.result, "$.data.result", readRecord);
  // Reads that failed leave the older data, which is published all the same; errors of the data are not.
  if (result?.published !== true) {
    throw new Error(String(failure?.message ?? "registry update has published nothing"));
  }
  if (failure) notes.push(String(failure.message));
  return readMetrics(result);
}

async function publish(
  { run }: NightlySettings,
  { now }: NightlyWorld,
  { dataDir, store, mappings, metrics, notes }: Prepared & {
    readonly metrics: Metrics;
    readonly notes: string[];
  },
): Promise<boolean> {
  const made = join(dataDir, MAPPINGS);
  const published = join(mappings.directory, MAPPINGS);
  if (await exists(published) && await contentDigest(made) === await contentDigest(published)) {
    notes.push("Nothing is new, and nothing was published");
    return false;
  }
  const date = new Date(now).toISOString().slice(0, 10);
  const message = commitMessage(date, metrics);
  const kept = await store.keep({ date, message, metrics: { ...metrics, run } });
  if (kept) notes.push(kept);
  await Deno.copyFile(made, published);
  await Deno.writeTextFile(`${published}.sha256`, `${await digest(published)}  ${MAPPINGS}\n`);
  const commit = await mappings.commit([MAPPINGS, `${MAPPINGS}.sha256`], message);
  if (commit) notes.push(`Commit ${commit.slice(0, 12)} with the mappings`);
  return true;
}

/** The digest of mappings without the times in their head. */
async function contentDigest(path: string): Promise<string> {
  return await digest(path, (line) => !/^"(?:version|generated_at)":/.test(line));
}

async function digest(path: string, keep?: (line: string) => boolean): Promise<string> {
  const hash = createHash("sha256");
  const file = await Deno.open(path);
  // The head is the first few lines; all else counts as it is.
  let head = keep !== undefined;
  for await (const chunk of file.readable) {
    if (!head) {
      hash.update(chunk);
      continue;
    }
    head = false;
    const lines = new TextDecoder("latin1").decode(chunk).split("\n");
    const kept = lines.filter((line, index) => index > 8 || keep!(line));
    hash.update(kept.join("\n"), "latin1");
  }
  return hash.digest("hex");
}
