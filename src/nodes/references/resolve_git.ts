import { ComfydockError, isKind } from "../../base/mod.ts";
import { type RemoteRefs, type ResolvedRef, resolveRef } from "../../tools/mod.ts";
import { directoryNameOf, repositoryName } from "../disk/directory_name.ts";
import { withPackMirror } from "../store/checkout.ts";
import { storeErrors } from "../store/errors.ts";
import type { NodeReference, NodeTarget, NodeWorld } from "../types.ts";
import { referenceErrors } from "./errors.ts";
import { toNodeId } from "./node_id.ts";

/** A pack of a repository, as it is named. */
export type GitReference = Extract<NodeReference, { kind: "git" }>;

/**
 * Finds the commit that a git reference means: of its branch, tag or commit, or of the default branch.
 *
 * Offline the mirror is asked instead.
 *
 * @param registryId The package whose repository this is.
 * @throws `NODE_REF_NOT_FOUND`, `NODE_NOT_STORED` offline, and git's errors
 */
export async function resolveGitReference(
  world: NodeWorld,
  reference: GitReference,
  known: { readonly registryId?: string; readonly name?: string } = {},
): Promise<NodeTarget> {
  const refs = await readRefs(world, reference.url);
  const { found, subdirectory } = await findCommit(world, reference, refs);
  const { url } = reference;
  const named = {
    source: "git" as const,
    id: "",
    name: known.name ?? subdirectory?.split("/").at(-1) ?? repositoryName(url),
    registryId: known.registryId,
    url,
    commit: found.commit,
    ref: reference.ref !== undefined && found.kind !== "commit" ? found.name : undefined,
    subdirectory,
  };
  return { ...named, id: known.registryId ?? toNodeId(directoryNameOf(named)) };
}

async function readRefs(world: NodeWorld, url: string): Promise<RemoteRefs> {
  if (!world.offline) return await world.git.remoteRefs(url);
  const refs = await withPackMirror(world, url, (mirror) => mirror.refs());
  if (refs) return refs;
  throw new ComfydockError(
    storeErrors.NODE_NOT_STORED,
    `Cannot ask ${url}: it is not on this machine and the network is switched off`,
    { hint: "Run the same command once without --offline", details: { url } },
  );
}

interface Found {
  readonly found: ResolvedRef;
  readonly subdirectory?: string;
}

async function findCommit(
  world: NodeWorld,
  { url, ref, subdirectory }: GitReference,
  refs: RemoteRefs,
): Promise<Found> {
  if (ref === undefined) {
    const name = refs.defaultBranch ?? "HEAD";
    const commit = refs.head ?? refs.branches.find((branch) => branch.name === name)?.commit;
    if (commit === undefined) throw notFound(url, "HEAD", refs);
    return { found: { kind: "branch", name, commit }, subdirectory };
  }
  const direct = resolveRef(refs, ref);
  if (direct && direct.kind !== "commit") return { found: direct, subdirectory };
  // Of `/tree/feature/x/nodes` only the refs tell where the branch ends.
  const parts = subdirectory?.split("/") ?? [];
  for (let taken = parts.length; taken > 0; taken--) {
    const longer = resolveRef(refs, [ref, ...parts.slice(0, taken)].join("/"));
    if (longer) return { found: longer, subdirectory: parts.slice(taken).join("/") || undefined };
  }
  if (direct) return { found: direct, subdirectory };
  const commit = /^[0-9a-f]{7,63}$/i.test(ref)
    ? await findShort(world, url, ref.toLowerCase(), refs)
    : undefined;
  if (commit === undefined) throw notFound(url, ref, refs);
  return { found: { kind: "commit", name: commit, commit }, subdirectory };
}

// A short commit id that no branch or tag points to is only found among all commits.
async function findShort(
  world: NodeWorld,
  url: string,
  short: string,
  refs: RemoteRefs,
): Promise<string | undefined> {
  return await withPackMirror(world, url, async (mirror) => {
    const known = await mirror.find(short);
    if (known !== undefined || world.offline) return known;
    await mirror.update(refs);
    return await mirror.find(short);
  });
}

function notFound(url: string, ref: string, { branches, tags }: RemoteRefs): ComfydockError {
  const names = [...tags.slice(-3).reverse(), ...branches.slice(0, 5)].map(({ name }) => name);
  return new ComfydockError(
    referenceErrors.NODE_REF_NOT_FOUND,
    `Cannot find "${ref}" in ${url}`,
    {
      hint: names.length > 0
        ? `It has ${names.join(", ")}; a commit is named by its full id`
        : "The repository is empty",
      details: { url, ref, names },
    },
  );
}

/** Whether an error says that a registry version cannot be had, so that the repository may stand in. */
export function isWithoutVersion(error: unknown): boolean {
  return isKind(error, referenceErrors.NODE_VERSION_NOT_FOUND);
}
