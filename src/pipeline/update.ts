import { join } from "node:path";
import { baseErrors, collectGarbage, fileError, type Reporter } from "../base/mod.ts";
import {
  augmentMappings,
  buildMappings,
  type NodeMappings,
  type OutputSchema,
  ProblemList,
  readManagerData,
  readMappings,
  writeMappings,
} from "../mappings/mod.ts";
import {
  type CrawlOptions,
  crawlRegistry,
  type CrawlSummary,
  type CrawlWorld,
  readCachedPackages,
  RegistryCache,
} from "../registry/mod.ts";
import { exportCacheFile, importCacheFile, rememberCacheFile } from "./cache_files.ts";
import { type FetchedFile, fetchManagerData } from "./manager_fetch.ts";
import { exists } from "./snapshot/disk.ts";
import { writeSnapshot } from "./snapshot/write.ts";
import { MANAGER_FILES } from "./update_plan.ts";
import type { UpdatePhase, UpdatePhaseKind, UpdatePlan } from "./update_types.ts";
import type { ValidationReport } from "./validation/findings.ts";
import { validateData } from "./validation/validate.ts";

/** What an update works with besides its plan. */
export interface UpdateWorld extends Omit<CrawlWorld, "cache"> {
  readonly managerUrl: string;
  readonly crawl: CrawlOptions;
  /** Which fields are published; all when absent. */
  readonly schema?: OutputSchema;
}

/** What an update did. */
export interface UpdateResult {
  readonly crawl?: CrawlSummary;
  readonly manager?: readonly FetchedFile[];
  readonly stats: NodeMappings["stats"];
  readonly validation: ValidationReport;
  /** False when validation found errors: what was published before stays. */
  readonly published: boolean;
  readonly snapshot?: { readonly date: string; readonly changed: boolean };
}

/**
 * Runs an update: crawl, Manager's data, mappings, validation, publication, snapshot.
 *
 * Published files change only after validation has passed, each by one rename. Interrupted anywhere, the next update
 * goes on with what the working cache holds.
 *
 * @param plan From `planUpdate`.
 * @throws What its phases throw; findings of the validation are part of the result.
 */
export async function applyUpdate(plan: UpdatePlan, world: UpdateWorld): Promise<UpdateResult> {
  const { files } = plan;
  const { report, signal, crawl: { now } } = world;
  const runs = (kind: UpdatePhaseKind) =>
    plan.phases.some((one) => one.kind === kind && !one.skipped);
  using cache = new RegistryCache(files.workingCache);

  const input = inputOf(plan.phases, "import");
  if (runs("import") && input) await importCacheFile(cache, input, now, report);
  const crawl = runs("crawl") ? await crawlRegistry({ ...world, cache }, world.crawl) : undefined;
  const manager = runs("manager")
    ? await fetchManagerData({ ...world, source: world.managerUrl, output: files.manager, now })
    : undefined;

  await collectGarbage();
  const previous = await readIfThere(files.mappings);
  const mappings = await makeMappings(plan, world, cache, runs("augment"), previous);
  await collectGarbage();
  await writeMappings(files.stagedMappings, mappings);
  const validation = await validateData({
    cache: { file: files.workingCache, packages: readCachedPackages(cache) },
    mappings: { file: files.mappings, value: mappings },
    previous: previous && { value: previous },
    now: Date.parse(now),
    allowShrink: plan.allowShrink,
    signal,
  });
  const done = { crawl, manager, stats: mappings.stats, validation };
  if (!validation.ok) return { ...done, published: false };

  await exportCacheFile(cache, files.stagedCache, now, signal);
  await publish(files.stagedMappings, files.mappings);
  await publish(files.stagedCache, files.publishedCache);
  await rememberCacheFile(cache, files.publishedCache);
  await Deno.remove(files.staging, { recursive: true });
  const { metadata, changed } = await writeSnapshot(plan.dataDir, {
    cacheJson: readPieces(files.publishedCache),
    managerFiles: await managerFiles(files.manager),
    now: Date.parse(now),
    signal,
  });
  return { ...done, published: true, snapshot: { date: metadata.date, changed } };
}

function inputOf(phases: readonly UpdatePhase[], kind: UpdatePhaseKind): string | undefined {
  return phases.find((phase) => phase.kind === kind)?.inputs[0];
}

async function makeMappings(
  plan: UpdatePlan,
  { crawl: { now, maxVersions }, schema, report }: UpdateWorld,
  cache: RegistryCache,
  augment: boolean,
  previous: NodeMappings | undefined,
): Promise<NodeMappings> {
  const id = "mappings";
  report.emit({ kind: "started", id, label: "Building mappings" });
  const problems = new ProblemList();
  const built = await buildMappings(readCachedPackages(cache), {
    now,
    maxVersions,
    schema,
    problems,
    previous: plan.mode === "incremental" ? previous : undefined,
  });
  const result = augment
    ? augmentMappings(built, await readManagerData(plan.files.manager), { now, schema })
    : built;
  tellProblems(problems, report);
  report.emit({ kind: "finished", id, summary: `${result.stats.signatures} node signatures` });
  return result;
}

/** Tells what was left out, as warnings. */
export function tellProblems(problems: ProblemList, report: Reporter): void {
  for (const { path, message } of problems.kept) {
    report.emit({
      kind: "warned",
      code: baseErrors.DATA_INVALID.code,
      message: `${path}: ${message}`,
    });
  }
}

async function readIfThere(path: string): Promise<NodeMappings | undefined> {
  return await exists(path) ? await readMappings(path) : undefined;
}

async function publish(staged: string, target: string): Promise<void> {
  try {
    await Deno.rename(staged, target);
  } catch (error) {
    throw fileError("Cannot write", target, error);
  }
}

async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(path);
  const buffer = new Uint8Array(1 << 20);
  for (let read = await file.read(buffer); read !== null; read = await file.read(buffer)) {
    yield buffer.slice(0, read);
  }
}

async function managerFiles(directory: string) {
  const found = [];
  for (const name of MANAGER_FILES) {
    const path = join(directory, name);
    if (await exists(path)) found.push({ name, content: await Deno.readFile(path) });
  }
  return found;
}
