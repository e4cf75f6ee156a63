import { join } from "node:path";
import {
  baseErrors,
  collectGarbage,
  ComfydockError,
  exists,
  ExitCode,
  fileError,
  isKind,
  type Reporter,
} from "../base/mod.ts";
import type { HttpClient } from "../http/mod.ts";
import {
  type NodeMappings,
  type OutputSchema,
  ProblemList,
  readManagerData,
} from "../mappings/mod.ts";
import {
  augmentDraft,
  countParts,
  DiskDraft,
  fillDraft,
  readMappingsParts,
  viewDraft,
  writeView,
} from "../mappings/draft/mod.ts";
import {
  type CrawlOptions,
  crawlRegistry,
  type CrawlSummary,
  type CrawlWorld,
  readCachedPackages,
  type RegistryCache,
  withCache,
} from "../registry/mod.ts";
import { exportCacheFile, importCacheFile, rememberCacheFile } from "./cache_files.ts";
import { type FetchedFile, fetchManagerData } from "./manager_fetch.ts";
import { writeSnapshot } from "./snapshot/write.ts";
import { managerFilesIn } from "./manager_files.ts";
import { MANAGER_MAP } from "./update_plan.ts";
import type { UpdatePhase, UpdatePhaseKind, UpdatePlan } from "./update_types.ts";
import type { ValidationReport } from "./validation/findings.ts";
import { validateData } from "./validation/validate.ts";

/** What an update works with besides its plan. */
export interface UpdateWorld extends Omit<CrawlWorld, "cache"> {
  /** Fetches Manager's data, which no request budget for the registry counts. */
  readonly managerHttp: HttpClient;
  readonly managerUrl: string;
  readonly crawl: CrawlOptions;
  /** Which fields are published; all when absent. */
  readonly schema?: OutputSchema;
}

/** What an update did. */
export interface UpdateResult {
  readonly crawl?: CrawlSummary;
  readonly manager?: readonly FetchedFile[];
  /** Why Manager's data could not be fetched; that at hand was used. */
  readonly manager_error?: { readonly code: string; readonly message: string };
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
 * @throws `REGISTRY_CACHE_BUSY` while another run works in the directory, and what the phases throw; findings of the
 * validation are part of the result.
 */
export function applyUpdate(plan: UpdatePlan, world: UpdateWorld): Promise<UpdateResult> {
  return withCache(
    plan.files.workingCache,
    "registry update",
    (cache) => runPhases(plan, world, cache),
  );
}

async function runPhases(
  plan: UpdatePlan,
  world: UpdateWorld,
  cache: RegistryCache,
): Promise<UpdateResult> {
  const { files } = plan;
  const { report, signal, crawl: { now } } = world;
  const runs = (kind: UpdatePhaseKind) =>
    plan.phases.some((one) => one.kind === kind && !one.skipped);
  const input = inputOf(plan.phases, "import");
  if (runs("import") && input) await importCacheFile(cache, input, now, report);
  const crawl = runs("crawl") ? await crawlRegistry({ ...world, cache }, world.crawl) : undefined;
  const manager = runs("manager") ? await fetchOrKeep(plan, world) : {};

  await collectGarbage();
  const staged = await stageMappings(plan, world, cache, runs("augment"));
  const { validation } = staged;
  const done = { crawl, ...manager, ...staged };
  if (!validation.ok) return { ...done, published: false };

  await collectGarbage();
  await exportCacheFile(cache, files.stagedCache, now, signal);
  await publish(files.stagedMappings, files.mappings);
  await publish(files.stagedCache, files.publishedCache);
  await rememberCacheFile(cache, files.publishedCache);
  await Deno.remove(files.staging, { recursive: true });
  await collectGarbage();
  const { metadata, changed } = await writeSnapshot(plan.dataDir, {
    cacheJson: readPieces(files.publishedCache),
    managerFiles: await managerFilesIn(files.manager),
    now: Date.parse(now),
    signal,
  });
  return { ...done, published: true, snapshot: { date: metadata.date, changed } };
}

/** A night in which Manager's data cannot be had is no reason to publish nothing, while there is that of before. */
async function fetchOrKeep(
  { files }: UpdatePlan,
  { managerHttp, managerUrl, crawl: { now }, report, signal }: UpdateWorld,
): Promise<Pick<UpdateResult, "manager" | "manager_error">> {
  const { manager: output } = files;
  try {
    const request = { http: managerHttp, source: managerUrl, output, now, report, signal };
    return { manager: await fetchManagerData(request) };
  } catch (error) {
    const isPassing = error instanceof ComfydockError &&
      (error.exit === ExitCode.network || isKind(error, baseErrors.DATA_INVALID));
    if (!isPassing || !await exists(join(output, MANAGER_MAP))) throw error;
    const { code } = error;
    const message = `Cannot fetch Manager's data: ${error.message}; that at hand is used`;
    report.emit({ kind: "warned", code, message });
    return { manager_error: { code, message: error.message } };
  }
}

function inputOf(phases: readonly UpdatePhase[], kind: UpdatePhaseKind): string | undefined {
  return phases.find((phase) => phase.kind === kind)?.inputs[0];
}

/** Makes the mappings beside those that are published, and checks them; in memory they are never held as a whole. */
async function stageMappings(
  plan: UpdatePlan,
  world: UpdateWorld,
  cache: RegistryCache,
  augment: boolean,
): Promise<Pick<UpdateResult, "stats" | "validation">> {
  const { files } = plan;
  const { signal, schema, crawl: { now } } = world;
  using draft = new DiskDraft(join(files.staging, "mappings.db"), Date.parse(now));
  const previous = await exists(files.mappings)
    ? countParts(readMappingsParts(files.mappings))
    : undefined;
  await fillMappings(draft, plan, world, { cache, previous, augment });
  const view = viewDraft(draft, { now, schema });
  await writeView(files.stagedMappings, view, signal);
  await collectGarbage();
  const validation = await validateData({
    cache: { file: files.workingCache, packages: readCachedPackages(cache) },
    mappings: { file: files.mappings, view },
    previous,
    now: Date.parse(now),
    allowShrink: plan.allowShrink,
    signal,
  });
  return { stats: view.head.stats, validation };
}

interface MappingsSources {
  readonly cache: RegistryCache;
  /** The edition published before, which is read to its end. */
  readonly previous?: ReturnType<typeof countParts>;
  readonly augment: boolean;
}

async function fillMappings(
  draft: DiskDraft,
  plan: UpdatePlan,
  { crawl: { now, maxVersions }, report }: UpdateWorld,
  { cache, previous, augment }: MappingsSources,
): Promise<void> {
  const id = "mappings";
  report.emit({ kind: "started", id, label: "Building mappings" });
  const problems = new ProblemList();
  await fillDraft(draft, readCachedPackages(cache), {
    maxVersions,
    problems,
    previous: plan.mode === "incremental" ? previous?.parts : undefined,
  });
  // A full build takes nothing over, and still counts what was there before.
  if (plan.mode === "full") { for await (const _ of previous?.parts ?? []); }
  await collectGarbage();
  if (augment) augmentDraft(draft, await readManagerData(plan.files.manager), { now });
  await collectGarbage();
  tellProblems(problems, report);
  report.emit({ kind: "finished", id, summary: `${draft.stats().signatures} node signatures` });
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
