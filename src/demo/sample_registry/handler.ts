import { errorAnswer, jsonAnswer } from "./answers.ts";
import { answerBulk } from "./bulk.ts";
import { type Catalog, createCatalog } from "./catalog.ts";
import {
  listClasses,
  listPackages,
  listVersions,
  listVersionsOf,
  searchPackages,
} from "./lists.ts";
import type { Corpus, CorpusPackage, RequestHandler } from "./types.ts";

/**
 * Makes a Comfy Registry that answers from a corpus, with the endpoints and oddities that clients meet.
 *
 * @param corpus What the registry knows.
 */
export function createSampleRegistry(corpus: Corpus): RequestHandler {
  const catalog = createCatalog(corpus);
  return (request) => {
    const url = new URL(request.url);
    const parts = url.pathname.split("/").slice(1).map(decoded);
    if (request.method === "POST") {
      return url.pathname === "/bulk/nodes/versions"
        ? answerBulk(catalog, request)
        : errorAnswer(404, `No such endpoint ${url.pathname}`);
    }
    return answerGet(catalog, parts, url);
  };
}

function answerGet(catalog: Catalog, parts: readonly string[], url: URL): Response {
  const [root, id, section] = parts;
  if (root === "versions" && parts.length === 1) return listVersions(catalog, url.searchParams);
  if (root === "comfy-nodes" && id !== undefined && section === "node") {
    const entry = catalog.provider(id);
    return entry ? jsonAnswer(entry.json) : errorAnswer(404, `No package provides ${id}`);
  }
  if (root !== "nodes") return errorAnswer(404, `No such endpoint ${url.pathname}`);
  if (id === undefined) return listPackages(catalog, url.searchParams);
  if (id === "search" && section === undefined) return searchPackages(catalog, url.searchParams);
  const entry = catalog.find(id);
  if (!entry) return errorAnswer(404, `Node ${id} not found`);
  return section === undefined
    ? answerPackage(entry, id, url)
    : answerInside(catalog, entry, parts, url);
}

function answerPackage(entry: CorpusPackage, id: string, url: URL): Response {
  if (entry.id !== id) {
    const location = `/nodes/${encodeURIComponent(entry.id)}${url.search}`;
    return new Response(null, { status: 302, headers: { location } });
  }
  if (entry.status === "NodeStatusBanned") return errorAnswer(403, `Node ${id} is banned`);
  return jsonAnswer(entry.json);
}

function answerInside(
  catalog: Catalog,
  entry: CorpusPackage,
  [, id, section, name, inner]: readonly string[],
  url: URL,
): Response {
  if (section === "install") {
    const wanted = url.searchParams.get("version");
    const found = entry.versions.find(({ version, status }) =>
      wanted ? version === wanted : status === "NodeVersionStatusActive"
    );
    return found ? jsonAnswer(found.whole) : errorAnswer(404, `Node ${id} has no such version`);
  }
  if (section !== "versions") return errorAnswer(404, `No such endpoint ${url.pathname}`);
  if (name === undefined) return listVersionsOf(catalog, entry, url.searchParams);
  const version = entry.versions.find((candidate) => candidate.version === name);
  if (!version) return errorAnswer(404, `Node ${id} has no version ${name}`);
  if (inner === undefined) return jsonAnswer(version.whole);
  return inner === "comfy-nodes"
    ? listClasses(version, url.searchParams)
    : errorAnswer(404, `No such endpoint ${url.pathname}`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray percent sign is no encoding: the part is then taken as it stands and found nowhere.
    return part;
  }
}
