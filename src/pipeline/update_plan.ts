import { join } from "node:path";
import { ComfydockError } from "../base/mod.ts";
import { pipelineErrors } from "./errors.ts";
import type {
  UpdateFiles,
  UpdatePhase,
  UpdatePlan,
  UpdateRequest,
  UpdateState,
} from "./update_types.ts";

/** The Manager file with the class names, without which there is nothing to add. */
export const MANAGER_MAP = "extension-node-map.json";

/** The Manager files that mappings are augmented from. */
export const MANAGER_FILES = [
  "custom-node-list.json",
  MANAGER_MAP,
  "github-stats.json",
] as const;

/** Where an update keeps its files below a data directory. */
export function updateFiles(dataDir: string): UpdateFiles {
  const staging = join(dataDir, ".update");
  return {
    workingCache: join(dataDir, "registry_cache.db"),
    publishedCache: join(dataDir, "full_registry_cache.json"),
    mappings: join(dataDir, "node_mappings.json"),
    manager: join(dataDir, "manager"),
    cache: join(dataDir, "cache"),
    history: join(dataDir, "history"),
    staging,
    stagedCache: join(staging, "full_registry_cache.json"),
    stagedMappings: join(staging, "node_mappings.json"),
  };
}

/**
 * Decides what an update does: which phases run, in which order, on which files.
 *
 * Nothing that is published changes before validation has passed: mappings and cache are made in a staging
 * directory and renamed onto the published files.
 *
 * @param state What the data directory holds.
 * @param request What was asked for.
 * @throws `NOTHING_TO_UPDATE` when there is no cache and none may be crawled.
 */
export function planUpdate(state: UpdateState, request: UpdateRequest): UpdatePlan {
  const files = updateFiles(request.dataDir);
  const crawlParts = (["nodes", "versions", "metadata"] as const).filter((part) => request[part]);
  const crawls = request.network && crawlParts.length > 0;
  if (!crawls && !state.workingCache && state.publishedCache === undefined) {
    throw new ComfydockError(
      pipelineErrors.NOTHING_TO_UPDATE,
      `Cannot update "${request.dataDir}": it holds no registry cache, and the crawl is switched off`,
      { hint: "Leave out --offline, --no-nodes, --no-versions and --no-metadata" },
    );
  }
  const phases: UpdatePhase[] = [
    importPhase(state, files),
    {
      kind: "crawl",
      purpose: request.mode === "full"
        ? "Read everything from the registry again"
        : "Read from the registry what is new or changed",
      inputs: [files.workingCache],
      outputs: [files.workingCache],
      parts: crawlParts,
      ...(crawls ? {} : { skipped: offlineReason(request, "all parts are switched off") }),
    },
    managerPhase(files, request),
    {
      kind: "mappings",
      purpose: "Work out which package provides which node",
      inputs: request.mode === "incremental" && state.mappings
        ? [files.workingCache, files.mappings]
        : [files.workingCache],
      outputs: [files.stagedMappings],
    },
    augmentPhase(state, files, request),
    {
      kind: "export",
      purpose: "Write the cache as JSON",
      inputs: [files.workingCache],
      outputs: [files.stagedCache],
    },
    {
      kind: "validate",
      purpose: "Check what is about to be published",
      inputs: [
        files.stagedMappings,
        files.workingCache,
        ...(state.mappings ? [files.mappings] : []),
      ],
      outputs: [],
    },
    {
      kind: "publish",
      purpose: "Put the checked files in place",
      inputs: [files.stagedCache, files.stagedMappings],
      outputs: [files.publishedCache, files.mappings],
    },
    {
      kind: "snapshot",
      purpose: "Keep a packed copy with its checksum",
      inputs: [files.publishedCache, files.manager],
      outputs: [files.cache, files.history, files.manager],
    },
  ];
  const { mode, dataDir, allowShrink } = request;
  return { mode, dataDir, files, allowShrink, phases };
}

function importPhase(state: UpdateState, files: UpdateFiles): UpdatePhase {
  const source = state.publishedCache;
  const phase = {
    kind: "import",
    purpose: "Fill the working cache from the published one",
    inputs: source === undefined ? [] : [source],
    outputs: [files.workingCache],
  } as const;
  if (state.workingCache) return { ...phase, skipped: "the working cache is there" };
  return source === undefined ? { ...phase, skipped: "no cache was published yet" } : phase;
}

function managerPhase(files: UpdateFiles, request: UpdateRequest): UpdatePhase {
  return {
    kind: "manager",
    purpose: "Fetch ComfyUI-Manager's data",
    inputs: [],
    outputs: MANAGER_FILES.map((name) => join(files.manager, name)),
    ...(request.network ? {} : { skipped: "the network is not used" }),
  };
}

function augmentPhase(
  state: UpdateState,
  files: UpdateFiles,
  request: UpdateRequest,
): UpdatePhase {
  const known = request.network
    ? MANAGER_FILES
    : MANAGER_FILES.filter((name) => state.managerFiles.includes(name));
  const phase = {
    kind: "augment",
    purpose: "Add the packages that only ComfyUI-Manager knows",
    inputs: known.map((name) => join(files.manager, name)),
    outputs: [files.stagedMappings],
  } as const;
  // Without the map of class names there is nothing to add; the registry's own mappings are published.
  if (known.includes(MANAGER_MAP)) return phase;
  return { ...phase, skipped: `there is no ${MANAGER_MAP}` };
}

function offlineReason(request: UpdateRequest, otherwise: string): string {
  return request.network ? otherwise : "the network is not used";
}
