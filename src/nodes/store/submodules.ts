import { ComfydockError } from "../../base/mod.ts";
import type { Git } from "../../tools/mod.ts";
import { parseGitConfig } from "../git_config.ts";
import { readGitAddress, readInnerPath } from "../references/git_address.ts";
import { storeErrors } from "./errors.ts";

/** A submodule of a commit, its address and path checked. */
export interface Submodule {
  /** With forward slashes. */
  readonly path: string;
  readonly url: string;
  readonly commit: string;
}

const MODULES = ".gitmodules";
const MAX_MODULES_BYTES = 256 * 1024;
const MAX_SUBMODULES = 100;

/**
 * Reads the submodules of a commit; a link that `.gitmodules` does not explain stays empty, as with git itself.
 *
 * @param repository A mirror that holds the commit.
 * @param url Where that repository came from; relative addresses start there.
 * @throws `NODE_SUBMODULE_REFUSED`
 */
export async function readSubmodules(
  git: Git,
  repository: string,
  commit: string,
  url: string,
): Promise<readonly Submodule[]> {
  const links = (await git.listTree(repository, commit)).filter(({ kind }) => kind === "submodule");
  if (links.length === 0) return [];
  const bytes = await git.readFile(repository, commit, MODULES);
  if (!bytes) return [];
  if (bytes.length > MAX_MODULES_BYTES) throw refuse(MODULES, url, "it is too long");
  if (links.length > MAX_SUBMODULES) throw refuse(MODULES, url, "it names too many");
  const addresses = addressesIn(new TextDecoder().decode(bytes));
  return links.flatMap(({ path, objectId }) => {
    const address = addresses.get(path);
    if (address === undefined) return [];
    if (readInnerPath(path) !== path) throw refuse(path, url, "its path could do harm");
    const absolute = resolveAddress(address, url);
    const judged = readGitAddress(absolute);
    if (typeof judged === "string") throw refuse(path, url, judged);
    return [{ path, url: absolute, commit: objectId }];
  });
}

function addressesIn(text: string): ReadonlyMap<string, string> {
  const modules = Map.groupBy(
    parseGitConfig(text).filter(({ section }) => section === "submodule"),
    ({ subsection }) => subsection ?? "",
  );
  const addresses = new Map<string, string>();
  for (const settings of modules.values()) {
    const valueOf = (name: string) => settings.findLast((each) => each.name === name)?.value;
    const path = valueOf("path");
    const url = valueOf("url");
    if (path !== undefined && url !== undefined) addresses.set(path, url);
  }
  return addresses;
}

// As git does it: `./` and `../` at the front walk up from the address of the repository above.
function resolveAddress(address: string, above: string): string {
  if (!/^\.{1,2}\//.test(address)) return address;
  let base = above.replace(/\/+$/, "");
  let rest = address;
  for (;;) {
    if (rest.startsWith("./")) rest = rest.slice(2);
    else if (rest.startsWith("../")) {
      rest = rest.slice(3);
      const cut = Math.max(base.lastIndexOf("/"), base.lastIndexOf(":"));
      base = base.slice(0, Math.max(cut, 0));
    } else break;
  }
  // Of `git@host:user/repository` the colon is what parts the host from the path.
  const colon = !base.includes("/") && above.startsWith(`${base}:`);
  return `${base}${colon ? ":" : "/"}${rest}`;
}

function refuse(path: string, url: string, why: string): ComfydockError {
  const shown = JSON.stringify(path.slice(0, 200));
  return new ComfydockError(
    storeErrors.NODE_SUBMODULE_REFUSED,
    `Cannot take the submodule ${shown} of ${url}: ${why}`,
    { hint: "Do not use this pack as it is; tell its author", details: { path, url, reason: why } },
  );
}
