import type { ModelSource } from "../../pyproject/mod.ts";
import { baseName, type ModelReference, type NoteLink } from "../dependencies/mod.ts";
import { placeBelow } from "./paths.ts";
import type { ModelEvidence, ModelKnowledge, ModelOffer } from "./model_types.ts";

/** An address that a workflow itself gives for a file name. */
export interface GivenUrl {
  readonly url: string;
  readonly evidence: ModelEvidence;
  readonly directory?: string;
  readonly sha256?: string;
}

/** Gathers the addresses that a workflow gives anywhere: one node may name a file whose address another one knows. */
export function urlsByName(
  references: readonly ModelReference[],
  links: readonly NoteLink[],
): ReadonlyMap<string, readonly GivenUrl[]> {
  const given = [
    ...references.flatMap(({ embedded }) =>
      embedded?.url === undefined ? [] : [
        [embedded.name, {
          url: embedded.url,
          evidence: "embedded_url",
          directory: embedded.directory,
          sha256: /^sha-?256$/i.test(embedded.hashType ?? "") ? embedded.hash : undefined,
        }] as const,
      ]
    ),
    ...links.map(({ name, url }) => [name, { url, evidence: "note_url" }] as const),
  ];
  const byName = Map.groupBy(given, ([name]) => name);
  return new Map([...byName].map(([name, urls]) => [name, urls.map(([, url]) => url)]));
}

/** Lists where a model that is not here can be fetched from, the surest first. */
export function findOffers(
  { value, folders, embedded }: ModelReference,
  urls: ReadonlyMap<string, readonly GivenUrl[]>,
  knowledge: ModelKnowledge,
): readonly ModelOffer[] {
  const name = baseName(value);
  const given = urls.get(name) ?? [];
  const folder = folders[0] ?? embedded?.directory;
  const entry = knowledge.manifest.find((model) =>
    model.name === name || baseName(model.localPath ?? "") === name
  );
  const offers = [
    ...(entry?.sources ?? []).flatMap((source) => {
      const url = urlOf(source);
      return url === undefined
        ? []
        : [{ url, evidence: "manifest_source" as const, sha256: entry?.sha256, size: entry?.size }];
    }),
    ...given,
    ...knowledge.known(name).flatMap((known) =>
      known.urls.map((url) => ({
        url,
        evidence: "known_list" as const,
        directory: known.folder,
        sha256: known.sha256,
        size: known.size,
      }))
    ),
  ];
  const seen = new Set<string>();
  return offers.flatMap((offer): readonly ModelOffer[] => {
    const place = folder ?? ("directory" in offer ? offer.directory : undefined);
    if (place === undefined || seen.has(offer.url) || !/^(https?|hf|civitai):/.test(offer.url)) {
      return [];
    }
    seen.add(offer.url);
    const { url, evidence, sha256 } = offer;
    return [{
      url,
      evidence,
      sha256,
      name: placeBelow(value),
      folder: knowledge.folder(place),
      size: "size" in offer ? offer.size : undefined,
    }];
  });
}

function urlOf(source: ModelSource): string | undefined {
  if (source.type === "url") return source.url;
  if (source.type === "civitai") return `civitai:${source.versionId}`;
  if (source.type === "unknown") return undefined;
  const revision = source.revision === undefined ? "" : `@${source.revision}`;
  return `hf:${source.repo}${revision}/${source.file}`;
}
