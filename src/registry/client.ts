import { type ComfydockError, invalidData, readNumber, readRecord } from "../base/mod.ts";
import type { HttpClient } from "../http/mod.ts";
import { type OwnedVersion, type Page, parseBulk, readPage } from "./answers.ts";
import { parseNodeClass, parseOwnedVersion, parsePackage, parseVersion } from "./parse.ts";
import type { RegistryNodeClass, RegistryPackage, RegistryVersion } from "./types.ts";

/** Every status that a version can have; without them the API leaves some out. */
const STATUS_QUERY = ["Active", "Pending", "Flagged", "Banned", "Deleted"]
  .map((status) => `statuses=NodeVersionStatus${status}`).join("&");

/** Versions that one bulk request asks for. */
export const BULK_SIZE = 100;

/** Node classes asked for at once; the API has no upper bound, and the largest pack has some 400. */
const CLASS_LIMIT = 500;
const MAX_CLASS_PAGES = 200;

/** A version of a package, by its names. */
export interface VersionName {
  readonly packageId: string;
  readonly version: string;
}

/** The node classes of a version, with those that could not be read. */
export interface NodeClasses {
  readonly classes: readonly RegistryNodeClass[];
  readonly rejected: readonly ComfydockError[];
}

/** The endpoints of the Comfy Registry that the crawl reads. */
export interface RegistryClient {
  /** A page of all packages. */
  packagesPage(page: number, limit: number): Promise<Page<RegistryPackage>>;
  /** A package by its id; `undefined` when the registry does not know it, or has banned it. */
  packageById(id: string): Promise<RegistryPackage | undefined>;
  /** `undefined` when this server has no such endpoint. */
  versionsPage(page: number, pageSize: number): Promise<Page<OwnedVersion> | undefined>;
  /** All versions of a package; `undefined` when the registry does not know it. */
  versionsOf(packageId: string): Promise<Page<RegistryVersion> | undefined>;
  /** Whole records of at most {@linkcode BULK_SIZE} versions; `undefined` when this server has no such endpoint. */
  versionsInBulk(wanted: readonly VersionName[]): Promise<Page<OwnedVersion> | undefined>;
  /** The whole record of a version; `undefined` when the registry does not know it. */
  version(name: VersionName): Promise<OwnedVersion | undefined>;
  /** The node classes of a version; `undefined` when the registry does not know the version. */
  nodeClasses(name: VersionName): Promise<NodeClasses | undefined>;
}

/**
 * Creates a client of the Comfy Registry.
 *
 * It never calls `/install`, because that endpoint counts downloads.
 *
 * @param http Sends, repeats and limits the requests.
 * @param baseUrl Where the registry is.
 */
export function createRegistryClient(
  http: Pick<HttpClient, "send">,
  baseUrl: string,
  signal?: AbortSignal,
): RegistryClient {
  const base = baseUrl.replace(/\/+$/, "");

  async function get(path: string, accept: readonly number[] = []): Promise<unknown> {
    const answer = await http.send({ url: `${base}${path}`, accept, signal, json: true });
    return accept.includes(answer.status) ? undefined : answer.json();
  }

  return {
    packagesPage: async (page, limit) => {
      // A fixed order keeps pages from shifting; a server that does not know the column still answers without.
      const list = `/nodes?page=${page}&limit=${limit}`;
      const answer = await readPage(
        async () => await get(`${list}&sort=id`, [400]) ?? await get(list),
        "nodes",
        parsePackage,
      );
      if (!answer) throw invalidData("$", `an object with "nodes"`, answer);
      return answer;
    },

    packageById: async (id) => {
      const path = `/nodes/${encodeURIComponent(id)}`;
      const value = await get(path, [403, 404]);
      return value === undefined ? undefined : parsePackage(value, path);
    },

    versionsPage: (page, pageSize) => {
      const query = `page=${page}&pageSize=${pageSize}&include_status_reason=true&${STATUS_QUERY}`;
      return readPage(
        () => get(`/versions?${query}`, [404, 405, 501]),
        "versions",
        parseOwnedVersion,
      );
    },

    versionsOf: (packageId) => {
      const path = `/nodes/${encodeURIComponent(packageId)}/versions`;
      return readPage(
        async () => {
          const value = await get(`${path}?include_status_reason=true&${STATUS_QUERY}`, [403, 404]);
          return Array.isArray(value) ? { versions: value } : value;
        },
        "versions",
        parseVersion,
      );
    },

    versionsInBulk: async (wanted) => {
      const asked = wanted.map((one) => ({ node_id: one.packageId, version: one.version }));
      const answer = await http.send({
        url: `${base}/bulk/nodes/versions`,
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ node_versions: asked }),
        json: true,
        repeatable: true,
        accept: [400, 404, 405, 501],
        signal,
      });
      return answer.status >= 400 ? undefined : parseBulk(answer.json());
    },

    version: async (name) => {
      const path = versionPath(name);
      const value = await get(path, [403, 404]);
      return value === undefined
        ? undefined
        : { packageId: name.packageId, version: parseVersion(value, path) };
    },

    nodeClasses: async (name) => {
      const classes: RegistryNodeClass[] = [];
      const rejected: ComfydockError[] = [];
      for (let page = 1, pages = 1; page <= pages; page++) {
        const path = `${versionPath(name)}/comfy-nodes?page=${page}&limit=${CLASS_LIMIT}`;
        const answer = await readPage(
          async () => {
            const value = await get(path, [404]);
            if (value !== undefined) pages = pageCount(value);
            return value;
          },
          "comfy_nodes",
          parseNodeClass,
        );
        if (!answer) return undefined;
        classes.push(...answer.items);
        rejected.push(...answer.rejected);
      }
      return { classes, rejected };
    },
  };
}

function versionPath({ packageId, version }: VersionName): string {
  return `/nodes/${encodeURIComponent(packageId)}/versions/${encodeURIComponent(version)}`;
}

function pageCount(value: unknown): number {
  const count = readNumber(readRecord(value, "$").totalNumberOfPages ?? 1, "$.totalNumberOfPages");
  return Math.min(MAX_CLASS_PAGES, count);
}
