import { ComfydockError, redact } from "../../base/mod.ts";
import { changeEnvironment } from "../change.ts";
import { requireHistory } from "../history/mod.ts";
import { settleInterrupted } from "../settle.ts";
import type { EnvironmentWorld } from "../types.ts";
import { readRemoteAddress } from "./address.ts";
import { remoteErrors } from "./errors.ts";
import { changeSettings, readRemoteSettings } from "./settings.ts";

const COMMAND = "remote";

/** A repository elsewhere. */
export interface Remote {
  readonly name: string;
  /** Without credentials. */
  readonly url: string;
}

/**
 * Lists the remotes of an environment.
 *
 * @throws `ENVIRONMENT_DAMAGED`
 */
export async function listRemotes(world: EnvironmentWorld): Promise<readonly Remote[]> {
  await requireHistory(world);
  const { addresses } = await readRemoteSettings(world);
  return [...addresses].map(([name, url]) => ({ name, url: redact(url) }));
}

/**
 * Adds a remote; nothing is fetched yet.
 *
 * @param options `cwd` is the absolute path that a relative one starts from.
 * @throws `REMOTE_INVALID`, `REMOTE_EXISTS`
 */
export async function addRemote(
  world: EnvironmentWorld,
  name: string,
  address: string,
  { cwd, dryRun = false }: { readonly cwd: string; readonly dryRun?: boolean },
): Promise<Remote> {
  const url = readRemoteAddress(address, cwd);
  if (!dryRun) await settleInterrupted(world, COMMAND);
  await checkNew(world, name);
  const remote = { name, url: redact(url) };
  if (dryRun) return remote;
  return await changeEnvironment(world, { command: "remote add" }, async (transaction) => {
    await checkNew(world, name);
    await changeSettings(world, transaction, async (file) => {
      await world.git.setConfig(file, `remote.${name}.url`, url);
      await world.git.setConfig(
        file,
        `remote.${name}.fetch`,
        `+refs/heads/*:refs/remotes/${name}/*`,
      );
    });
    return remote;
  });
}

async function checkNew(world: EnvironmentWorld, name: string): Promise<void> {
  await requireHistory(world);
  if (!/^[A-Za-z0-9][\w-]{0,99}$/.test(name)) {
    throw new ComfydockError(
      remoteErrors.REMOTE_INVALID,
      `Cannot name a remote ${JSON.stringify(name.slice(0, 100))}`,
      { hint: "Use letters, digits, - and _, such as origin" },
    );
  }
  const { addresses } = await readRemoteSettings(world);
  if (!addresses.has(name)) return;
  throw new ComfydockError(
    remoteErrors.REMOTE_EXISTS,
    `Cannot add the remote "${name}": it is there already, as ${redact(addresses.get(name)!)}`,
    { hint: `Run comfydock remote remove ${name} first`, details: { name } },
  );
}

/**
 * Removes a remote, with what was last seen of its branches; what came from it stays.
 *
 * @throws `REMOTE_NOT_FOUND`
 */
export async function removeRemote(
  world: EnvironmentWorld,
  name: string,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<Remote> {
  const { git, environment: { cec } } = world;
  if (!dryRun) await settleInterrupted(world, COMMAND);
  const remote = await requireRemote(world, name);
  if (dryRun) return remote;
  return await changeEnvironment(world, { command: "remote remove" }, async (transaction) => {
    const { follows } = await readRemoteSettings(world);
    await changeSettings(world, transaction, async (file) => {
      await git.removeConfigSection(file, `remote.${name}`);
      for (const [branch, followed] of follows) {
        if (followed.remote !== name) continue;
        await git.setConfig(file, `branch.${branch}.remote`);
        await git.setConfig(file, `branch.${branch}.merge`);
      }
    });
    // A fetch gives them again.
    for (const seen of await git.branches(cec)) {
      if (seen.remote === name) await git.setRef(cec, `refs/remotes/${name}/${seen.name}`);
    }
    return remote;
  });
}

/**
 * Finds a remote by its name.
 *
 * @throws `REMOTE_NOT_FOUND`, `ENVIRONMENT_DAMAGED`
 */
export async function requireRemote(world: EnvironmentWorld, name: string): Promise<Remote> {
  const remotes = await listRemotes(world);
  const found = remotes.find((remote) => remote.name === name);
  if (found) return found;
  const known = remotes.length === 0
    ? `Run comfydock remote add ${name} URL`
    : `There is ${remotes.map((remote) => remote.name).join(", ")}`;
  throw new ComfydockError(
    remoteErrors.REMOTE_NOT_FOUND,
    `Cannot find the remote "${name}" of "${world.environment.name}"`,
    { hint: known, details: { name } },
  );
}
