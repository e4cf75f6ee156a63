import { hubUrl, type SourceHosts } from "../../models/sources/mod.ts";
import type { ManifestModel, ModelSource } from "../../pyproject/mod.ts";
import { modelPlace } from "../places.ts";
import type { FetchedModel } from "./types.ts";

/** What a container can fetch of the models of an environment. */
export interface FetchableModels {
  readonly models: readonly FetchedModel[];
  /** One sentence each, without a full stop. */
  readonly notes: readonly string[];
}

/** Decides which models a container can fetch when it starts: those with an address, a place and a SHA-256. */
export function fetchableModels(
  models: readonly ManifestModel[],
  hosts: SourceHosts,
): FetchableModels {
  const found: FetchedModel[] = [];
  const notes: string[] = [];
  for (const model of models) {
    const { key, sha256, size, localPath, criticality } = model;
    const path = localPath === undefined ? undefined : modelPlace(localPath);
    const sources = model.sources.flatMap((source) => addressOf(source, hosts));
    const lacks = sources.length === 0
      ? "nothing says where it can be had"
      : sha256 === undefined
      ? "its SHA-256 is not known; comfydock model verify --full finds it"
      : path === undefined || !isPlace(path)
      ? "the manifest does not say where it belongs"
      : undefined;
    if (lacks !== undefined || path === undefined || sha256 === undefined) {
      notes.push(`The model ${key} has to be mounted, as ${lacks}`);
      continue;
    }
    const required = criticality === "required";
    found.push({ key, path, sha256: sha256.toLowerCase(), size, required, sources });
  }
  return { models: found.sort((a, b) => a.path < b.path ? -1 : 1), notes };
}

function addressOf(
  source: ModelSource,
  { huggingface, civitai }: SourceHosts,
): FetchedModel["sources"] {
  switch (source.type) {
    case "huggingface":
      return [{ url: hubUrl(huggingface.endpoint, source), service: "huggingface" }];
    case "civitai": {
      const id = encodeURIComponent(source.versionId);
      return [{ url: `${civitai.endpoint}/api/download/models/${id}`, service: "civitai" }];
    }
    case "url":
      return /^https?:\/\//i.test(source.url) ? [{ url: source.url }] : [];
    case "unknown":
      return [];
  }
}

function isPlace(path: string): boolean {
  return !/[\p{Cc}\\:]/u.test(path) &&
    path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** The list that is packed into the container. */
export function renderModels(models: readonly FetchedModel[]): string {
  return `${JSON.stringify({ schema_version: 1, models }, null, 2)}\n`;
}
