import { join } from "node:path";
import type { Transaction } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";

/** What the settings of `.cec` say about remotes. */
export interface RemoteSettings {
  /** The address of each remote by its name, in the order of the file. */
  readonly addresses: ReadonlyMap<string, string>;
  /** What each branch follows. */
  readonly follows: ReadonlyMap<string, Followed>;
}

interface Followed {
  readonly remote: string;
  /** The name of the branch there. */
  readonly branch: string;
}

/** Reads what the settings of `.cec` say about remotes; includes and the user's own settings do not count. */
export async function readRemoteSettings(
  { git, environment: { cec } }: EnvironmentWorld,
): Promise<RemoteSettings> {
  const addresses = new Map<string, string>();
  const remotes = new Map<string, string>();
  const merges = new Map<string, string>();
  for (const [key, value] of await git.readConfig(configFile(cec))) {
    const [, section, name = "", field] = /^(remote|branch)\.(.+)\.([a-z]+)$/s.exec(key) ?? [];
    if (section === "remote" && field === "url" && !addresses.has(name)) addresses.set(name, value);
    if (section === "branch" && field === "remote") remotes.set(name, value);
    if (section === "branch" && field === "merge") merges.set(name, value);
  }
  const follows = [...remotes].map(([name, remote]): [string, Followed] => [
    name,
    { remote, branch: (merges.get(name) ?? name).replace(/^refs\/heads\//, "") },
  ]);
  return { addresses, follows: new Map(follows) };
}

function configFile(cec: string): string {
  return join(cec, ".git", "config");
}

/** Changes the settings of `.cec`, as a part of a transaction. */
export async function changeSettings(
  { environment: { cec }, checkpoints }: EnvironmentWorld,
  transaction: Transaction,
  change: (file: string) => Promise<void>,
): Promise<void> {
  const staged = await transaction.stagePath();
  await Deno.copyFile(configFile(cec), staged);
  await change(staged);
  await transaction.replace(configFile(cec), staged);
  checkpoints.reach("environment:git-settings");
}

/** Lets a branch follow the one of the same name of a remote. */
export async function followRemote(
  world: EnvironmentWorld,
  transaction: Transaction,
  { branch, remote }: { readonly branch: string; readonly remote: string },
): Promise<void> {
  await changeSettings(world, transaction, async (file) => {
    await world.git.setConfig(file, `branch.${branch}.remote`, remote);
    await world.git.setConfig(file, `branch.${branch}.merge`, `refs/heads/${branch}`);
  });
}
