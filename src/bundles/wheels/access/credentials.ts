import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  isKind,
  readTextBounded,
  registerSecret,
} from "../../../base/mod.ts";
import type { EnvironmentWorld } from "../../../environment/mod.ts";
import { command, type Environment } from "../../../tools/mod.ts";
import { type ConfiguredIndex, configuredIndexes } from "./indexes.ts";
import { findNetrc, type NetrcEntry, parseNetrc } from "./netrc.ts";

/** What opens the files of package indexes. */
export interface IndexAccess {
  /**
   * The headers that a file is asked for with; credentials go only to the origin of the index that they are for.
   *
   * @param index The index that lists the file.
   */
  headersFor(url: string, index?: string): Promise<Readonly<Record<string, string>>>;
}

/** An index and who may read it. */
interface OpenIndex {
  /** Without credentials. */
  readonly url: URL;
  readonly username: string;
  readonly password?: string;
}

const MAX_NETRC = 1024 ** 2;

/**
 * Collects the credentials of package indexes from where uv takes them: variables, addresses, `.netrc`, uv's own store and
 * the keyring.
 *
 * @throws `TOML_INVALID`, `FILE_UNREADABLE`
 */
export async function openIndexAccess(
  world: Pick<EnvironmentWorld, "env" | "runner" | "uv">,
  manifestText: string,
): Promise<IndexAccess> {
  const { env } = world;
  const indexes = (await configuredIndexes(env, manifestText)).flatMap((one) => open(one, env));
  const netrc = await readNetrc(env);
  const kept = new Map<string, Promise<string | undefined>>();
  return {
    async headersFor(address, indexAddress) {
      const url = URL.parse(address);
      if (!url || !/^https?:$/.test(url.protocol)) return {};
      const index = nearestIndex(indexes, url, indexAddress);
      if (index?.password !== undefined) return basic(index.username, index.password);
      const entry = findNetrc(netrc, url.hostname);
      if (entry) return basic(entry.login, entry.password);
      const service = (index?.url ?? new URL(url.origin)).href;
      if (!kept.has(service)) kept.set(service, askKeepers(world, service, index?.username));
      const authorization = await kept.get(service);
      return authorization === undefined ? {} : { authorization };
    },
  };
}

function open({ name, url: address }: ConfiguredIndex, env: Environment): readonly OpenIndex[] {
  const url = URL.parse(address);
  if (!url) return [];
  const variable = `UV_INDEX_${(name ?? "").toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
  const own = name === undefined ? {} : {
    username: env[`${variable}_USERNAME`],
    password: env[`${variable}_PASSWORD`],
  };
  const username = own.username ?? decode(url.username);
  const password = own.password ?? (url.password === "" ? undefined : decode(url.password));
  if (username === "" && password === undefined) return [];
  const plain = new URL(url);
  plain.username = plain.password = "";
  return [{ url: plain, username, password }];
}

/** Of the indexes on the origin of a file that which lists it, else that whose path it lies furthest below. */
function nearestIndex(
  indexes: readonly OpenIndex[],
  file: URL,
  index: string | undefined,
): OpenIndex | undefined {
  const place = (url: URL) => `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  const lists = URL.parse(index ?? "");
  const score = ({ url }: OpenIndex) => {
    if (lists && place(url) === place(lists)) return Infinity;
    return `${place(file)}/`.startsWith(`${place(url)}/`) ? url.pathname.length : 0;
  };
  return indexes.filter(({ url }) => url.origin === file.origin)
    .map((one) => ({ one, score: score(one) }))
    .sort((a, b) => a.score === b.score ? 0 : b.score - a.score)[0]?.one;
}

async function readNetrc(env: Environment): Promise<readonly NetrcEntry[]> {
  const home = env.HOME ?? env.USERPROFILE;
  const names = Deno.build.os === "windows" ? [".netrc", "_netrc"] : [".netrc"];
  const places = env.NETRC ? [env.NETRC] : home ? names.map((name) => join(home, name)) : [];
  for (const place of places) {
    try {
      return parseNetrc(await readTextBounded(place, MAX_NETRC));
    } catch (error) {
      if (!isKind(error, baseErrors.FILE_NOT_FOUND)) throw error;
    }
  }
  return [];
}

async function askKeepers(
  world: Pick<EnvironmentWorld, "env" | "runner" | "uv">,
  service: string,
  username: string | undefined,
): Promise<string | undefined> {
  const stored = await (await world.uv({ offline: true })).authorizationFor(service);
  if (stored !== undefined) {
    registerSecret(stored.replace(/^\w+\s+/, ""));
    return stored;
  }
  if (world.env.UV_KEYRING_PROVIDER !== "subprocess" || !username) return undefined;
  try {
    const spec = command({ program: "keyring", args: ["get", service, username] });
    const { stdout } = await world.runner.run(spec);
    return basic(username, stdout.replace(/\r?\n$/, "")).authorization;
  } catch (error) {
    // A keyring that knows nothing, or none at all, is as good as no credentials: the server has the last word.
    if (error instanceof ComfydockError && !isKind(error, baseErrors.INTERRUPTED)) return undefined;
    throw error;
  }
}

function basic(username: string, password: string): { readonly authorization: string } {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  const encoded = btoa(String.fromCharCode(...bytes));
  for (const secret of [password, encoded]) registerSecret(secret);
  return { authorization: `Basic ${encoded}` };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not encoded at all.
    return text;
  }
}
