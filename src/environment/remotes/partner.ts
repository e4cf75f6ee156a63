import { ComfydockError, redact } from "../../base/mod.ts";
import { currentBranch } from "../branches/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { isLocalAddress } from "./address.ts";
import { requireRemote } from "./change.ts";
import { remoteErrors } from "./errors.ts";
import { readRemoteSettings } from "./settings.ts";

/** Where the branch of an environment goes to and comes from. */
export interface Partner {
  /** The branch here. */
  readonly branch: string;
  readonly remote: string;
  /** The branch there. */
  readonly theirs: string;
  /** Without credentials. */
  readonly url: string;
  /** Whether the branch follows this one already. */
  readonly follows: boolean;
}

/**
 * Finds where the branch of an environment goes to and comes from: the remote that is named, else what the branch
 * follows, else the only remote there is.
 *
 * @param doing `push` or `pull`.
 * @throws `REMOTE_NONE`, `REMOTE_NOT_FOUND`, `REMOTE_OFFLINE`, `BRANCH_NONE`
 */
export async function findPartner(
  world: EnvironmentWorld,
  doing: "push" | "pull",
  named?: string,
): Promise<Partner> {
  const branch = await currentBranch(world, doing);
  const { addresses, follows } = await readRemoteSettings(world);
  const followed = follows.get(branch);
  const known = [...addresses.keys()];
  const remote = named ?? followed?.remote ?? (known.length === 1 ? known[0] : undefined);
  if (remote === undefined) throw none(world, doing, { branch, known });
  const { url } = await requireRemote(world, remote);
  if (world.offline && !isLocalAddress(addresses.get(remote)!)) throw offline(doing, url);
  const same = followed?.remote === remote;
  return { branch, remote, theirs: same ? followed.branch : branch, url, follows: same };
}

function none(
  { environment: { name } }: EnvironmentWorld,
  doing: string,
  { branch, known }: { readonly branch: string; readonly known: readonly string[] },
): ComfydockError {
  return new ComfydockError(
    remoteErrors.REMOTE_NONE,
    `Cannot ${doing} the branch "${branch}" of "${name}": ${
      known.length === 0 ? "there is no remote" : "it follows none of the remotes"
    }`,
    {
      hint: known.length === 0
        ? `Run comfydock remote add origin URL --env ${name}`
        : `Run comfydock ${doing} REMOTE, with ${known.join(" or ")}`,
      details: { branch, remotes: known },
    },
  );
}

function offline(doing: string, url: string): ComfydockError {
  return new ComfydockError(
    remoteErrors.REMOTE_OFFLINE,
    `Cannot ${doing}: "${redact(url)}" is not on this machine, and the network is switched off`,
    { hint: "Run the command without --offline (or COMFYDOCK_OFFLINE)" },
  );
}
