import type { OptionDefinitions } from "../types.ts";

/** How the registry is asked. */
export const networkOptions = {
  "registry-url": {
    kind: "text",
    value: "URL",
    brief: "The Comfy Registry to read, instead of the public one",
    env: "COMFYDOCK_REGISTRY_URL",
  },
  rate: {
    kind: "number",
    value: "N",
    default: 8,
    range: [0.01, 1_000_000],
    brief: "Requests a second at most; lowered by itself when the registry asks for it",
  },
  "request-budget": {
    kind: "integer",
    value: "N",
    range: [1, 100_000_000],
    brief: "Stop after N requests; what is worth most comes first, the next run goes on",
  },
  concurrency: {
    kind: "integer",
    value: "N",
    default: 10,
    range: [1, 1000],
    brief: "Requests under way at once",
  },
} as const satisfies OptionDefinitions;

/** The time that is written into files. */
export const nowOption = {
  now: {
    kind: "text",
    value: "TIME",
    env: "COMFYDOCK_NOW",
    brief:
      "The time to write into the output (RFC 3339), for reproducible files; default: this moment",
  },
} as const satisfies OptionDefinitions;

/** What a crawl reads; names and defaults of the seed. */
export const crawlOptions = {
  "no-nodes": { kind: "boolean", brief: "Leave out phase 1, the list of packages" },
  "no-versions": { kind: "boolean", brief: "Leave out phase 2, versions and download addresses" },
  "no-metadata": { kind: "boolean", brief: "Leave out phase 3, the node classes of versions" },
  "nodes-per-page": {
    kind: "integer",
    value: "N",
    default: 100,
    range: [1, 1000],
    brief: "Packages asked for at once in phase 1",
  },
  "max-versions": {
    kind: "integer",
    value: "N",
    default: -1,
    range: [-1, 100_000],
    brief: "Newest versions of each package whose node classes count; -1 for all",
  },
  "checkpoint-interval": {
    kind: "integer",
    value: "N",
    default: 20,
    range: [1, 100_000],
    brief: "Packages between two writes to disk",
  },
  pages: {
    kind: "integer",
    value: "N",
    range: [1, 100_000],
    brief: "Read only so many pages of the package list, for trying things out",
  },
  history: {
    kind: "choice",
    choices: ["bisect", "full"],
    default: "bisect",
    brief: "Read as few versions as tell the history of a package, or all of them",
  },
  sweep: {
    kind: "choice",
    choices: ["rolling", "full", "none"],
    default: "rolling",
    brief: "How old versions are looked at again: a seventh a day, all at once, or not",
  },
} as const satisfies OptionDefinitions;

/** Where Manager's data comes from. */
export const managerOptions = {
  "manager-url": {
    kind: "text",
    value: "BASE",
    env: "COMFYDOCK_MANAGER_URL",
    brief: "URL or directory that holds ComfyUI-Manager's data, instead of its own repository",
  },
} as const satisfies OptionDefinitions;

/** Which mappings a query reads. */
export const queryOptions = {
  "data-dir": {
    kind: "text",
    value: "DIR",
    brief: "Read the node_mappings.json of this data directory",
  },
  mappings: {
    kind: "text",
    value: "FILE",
    brief: "Read this mappings file; default: the index that comes with comfydock",
  },
} as const satisfies OptionDefinitions;
