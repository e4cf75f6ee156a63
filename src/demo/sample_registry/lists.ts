import { cutPage, jsonAnswer } from "./answers.ts";
import { type Catalog, hasStatus } from "./catalog.ts";
import type { CorpusPackage, CorpusVersion } from "./types.ts";

/** `GET /nodes`: packages in pages; banned ones are left out only on demand. */
export function listPackages(catalog: Catalog, query: URLSearchParams): Response {
  const wanted = many(query, "node_id");
  const since = query.get("timestamp");
  let packages = catalog.sorted(many(query, "sort")[0] ?? "");
  if (wanted.length > 0) {
    const ids = new Set(wanted.map((id) => id.toLowerCase()));
    packages = packages.filter(({ id }) => ids.has(id.toLowerCase()));
  }
  if (query.get("include_banned") === "false") packages = packages.filter(notBanned);
  if (since) packages = packages.filter(({ createdAt }) => createdAt >= since);
  return packagesPage(packages, query);
}

/** `GET /nodes/search`: packages by words, by repository or by a class of their newest version. */
export function searchPackages(catalog: Catalog, query: URLSearchParams): Response {
  const contains = (text: string, name: string) =>
    text.toLowerCase().includes((query.get(name) ?? "").toLowerCase());
  const className = query.get("comfy_node_search");
  const packages = catalog.sorted("downloads;desc").filter((entry) =>
    (contains(entry.name, "search") || contains(entry.id, "search")) &&
    contains(entry.repository, "repository_url_search") &&
    (!className || entry.versions[0]?.classes.some(({ name }) => name === className)) &&
    (query.get("include_banned") !== "false" || notBanned(entry))
  );
  return packagesPage(packages, query);
}

/** `GET /nodes/{id}/versions`: all versions of a package as a bare array. */
export function listVersionsOf(
  catalog: Catalog,
  entry: CorpusPackage,
  query: URLSearchParams,
): Response {
  const versions = catalog.versionsOf(entry).filter(hasStatus(many(query, "statuses")));
  return jsonAnswer(`[${joined(versions)}]`);
}

/** `GET /versions`: the versions of one package or of all, package by package, at most 100 a page. */
export function listVersions(catalog: Catalog, query: URLSearchParams): Response {
  const statuses = many(query, "statuses");
  const nodeId = query.get("nodeId");
  const entry = nodeId ? catalog.find(nodeId) : undefined;
  const versions = !nodeId
    ? catalog.versions(statuses)
    : entry
    ? catalog.versionsOf(entry).filter(hasStatus(statuses))
    : [];
  const found = cutPage(
    versions,
    { page: query.get("page"), size: query.get("pageSize"), usual: 10 },
    100,
  );
  return jsonAnswer(
    `{"total":${versions.length},"versions":[${joined(found.items)}],` +
      `"page":${found.page},"pageSize":${found.size},"totalPages":${found.pages}}`,
  );
}

/** `GET /nodes/{id}/versions/{version}/comfy-nodes`: the classes of a version in pages. */
export function listClasses(version: CorpusVersion, query: URLSearchParams): Response {
  if (version.classes.length === 0) {
    return jsonAnswer('{"comfy_nodes":null,"totalNumberOfPages":0}');
  }
  const found = cutPage(version.classes, {
    page: query.get("page"),
    size: query.get("limit"),
    usual: 10,
  });
  const records = found.items.map(({ json }) => json).join();
  return jsonAnswer(`{"comfy_nodes":[${records}],"totalNumberOfPages":${found.pages}}`);
}

function packagesPage(packages: readonly CorpusPackage[], query: URLSearchParams): Response {
  const found = cutPage(packages, {
    page: query.get("page"),
    size: query.get("limit"),
    usual: 10,
  });
  return jsonAnswer(
    `{"total":${packages.length},"nodes":[${found.items.map(({ json }) => json).join()}],` +
      `"page":${found.page},"limit":${found.size},"totalPages":${found.pages}}`,
  );
}

function joined(versions: readonly CorpusVersion[]): string {
  return versions.map(({ listed }) => listed).join();
}

function notBanned({ status }: CorpusPackage): boolean {
  return status !== "NodeStatusBanned";
}

/** A list in a query is written `name=a&name=b` or, by some clients, `name[]=a&name[]=b`. */
function many(query: URLSearchParams, name: string): readonly string[] {
  return [...query.getAll(name), ...query.getAll(`${name}[]`)];
}
