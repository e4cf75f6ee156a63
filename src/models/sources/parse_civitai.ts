import { invalidSource } from "./faults.ts";
import type { CivitaiChoice, SourceHost, WrittenSource } from "./types.ts";

/** Reads `VERSION[/FILE]`. */
export function parseCivitaiWords(rest: string, written: string): WrittenSource {
  const [, versionId, file] = /^(\d{1,15})(?:\/(.+))?$/.exec(rest) ?? [];
  if (versionId === undefined) throw invalidSource(written, "a version is a number");
  return toSource({ versionId }, { file });
}

/** Reads an address of the site; nothing where it is no model and no version. */
export function parseCivitaiUrl(
  url: URL,
  { endpoint }: SourceHost,
  written: string,
): WrittenSource | undefined {
  const base = new URL(endpoint);
  const below = url.host === base.host ? base.pathname.replace(/\/$/, "") : "";
  const path = url.pathname.slice(below.length);
  const query = (name: string) => url.searchParams.get(name) ?? undefined;
  const download = /^\/api\/download\/models\/(\d{1,15})\/?$/.exec(path)?.[1];
  if (download !== undefined) {
    const choice = {
      type: query("type"),
      format: query("format"),
      size: query("size"),
      fp: query("fp"),
    };
    return toSource({ versionId: download }, choice);
  }
  const version = /^\/api\/v1\/model-versions\/(\d{1,15})\/?$/.exec(path)?.[1];
  if (version !== undefined) return toSource({ versionId: version }, {});
  const modelId = /^\/(?:api\/v1\/)?models\/(\d{1,15})(?:\/|$)/.exec(path)?.[1];
  if (modelId === undefined) return undefined;
  const versionId = query("modelVersionId");
  if (versionId === undefined) return { kind: "civitai-model", modelId };
  if (!/^\d{1,15}$/.test(versionId)) throw invalidSource(written, "a version is a number");
  return toSource({ modelId, versionId }, {});
}

/**
 * Reads an AIR: `urn:air:{ecosystem}:{type}:{source}:{id}@{version}[:{layer}][.{format}]`, its first words optional.
 *
 * Source: CivitAI's wiki, "AIR ‐ Uniform Resource Names for AI".
 */
export function parseAir(written: string): WrittenSource {
  const words = written.replace(/^urn:/i, "").replace(/^air:/i, "").split(":");
  const [ecosystem, , source = "", id = ""] = words;
  if (!ecosystem || words.length < 4 || words.length > 5) {
    throw invalidSource(written, "it is no AIR");
  }
  switch (source.toLowerCase()) {
    case "civitai": {
      const [, modelId, versionId] = /^(\d{1,15})(?:@(\d{1,15}))?(?:\.\w+)?$/.exec(id) ?? [];
      if (modelId === undefined) throw invalidSource(written, "models and versions are numbers");
      return versionId === undefined
        ? { kind: "civitai-model", modelId }
        : toSource({ modelId, versionId }, {});
    }
    case "huggingface": {
      const [, repo, revision] = /^([\w.-]+\/[\w.-]+)(?:@([\w./-]+))?$/.exec(id) ?? [];
      if (repo === undefined) throw invalidSource(written, "it does not name OWNER/REPOSITORY");
      return { kind: "repository", repo, revision };
    }
    default:
      throw invalidSource(written, `models of "${source}" cannot be fetched by AIR`);
  }
}

function toSource(
  ids: { readonly modelId?: string; readonly versionId: string },
  choice: CivitaiChoice,
): WrittenSource {
  const given = Object.values(choice).some((value) => value !== undefined);
  return {
    kind: "source",
    source: { type: "civitai", ...ids },
    choice: given ? choice : undefined,
  };
}
