import { type Manifest, readManifest } from "../../pyproject/mod.ts";
import type { Transaction } from "../../workspace/mod.ts";
import { changeEnvironment } from "../change.ts";
import { uncommitted } from "../history/commit.ts";
import { applyManifest, NOTHING_CHANGED, resolveManifest } from "../manifest_change/mod.ts";
import { hasRepository, readEnvironmentState } from "../state.ts";
import type { EnvironmentState, EnvironmentWorld } from "../types.ts";
import { diffLocks, readLockPackages } from "../venv/mod.ts";
import { refuseDuringBisect } from "./bisect/state.ts";
import { nodeFollower } from "./follower.ts";
import { planNodes } from "./plan.ts";
import type { NodeChange, NodeFailure, NodeReport } from "./types.ts";

/** What was decided about node packs; all that it needs is on this machine. */
export interface NodeDecision {
  readonly changes: readonly NodeChange[];
  readonly failures?: readonly NodeFailure[];
  /** Changes files before packages are installed, besides what follows the manifest. */
  readonly prepare?: (transaction: Transaction) => Promise<void>;
  /** Ends the work once packages and packs are in their places. */
  readonly finish?: (manifest: Manifest) => Promise<void>;
}

/** A command on node packs. */
export interface NodeCommand {
  /** Such as `node add`. */
  readonly command: string;
  /** Decides from what the files of the environment say; may be called twice. */
  readonly decide: (state: EnvironmentState) => Promise<NodeDecision>;
  /** What the commit begins with, such as `Add`. */
  readonly verb: string;
  /** Whether `.venv` follows; by default it does. */
  readonly sync?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Carries out a command on node packs: manifest, lock, `.venv`, files and history together, or nothing.
 *
 * The trial resolution comes first. It is committed, unless something was uncommitted before.
 *
 * @throws what the decision throws, `PACKAGE_CONFLICT` and what else uv finds, `BISECT_ACTIVE`, `LOCKED`
 */
export async function changeNodes(
  world: EnvironmentWorld,
  { command, decide, verb, sync = true, dryRun = false }: NodeCommand,
): Promise<NodeReport> {
  await refuseDuringBisect(world, `change node packs`);
  const state = await readEnvironmentState(world);
  const decided = await decide(state);
  const { manifest: path } = world.environment;
  const plan = planNodes(state, decided.changes, path);
  const failures = decided.failures ?? [];
  const idle = decided.changes.every(({ action }) => action === "kept");
  if (idle) return { ...NOTHING_CHANGED, plan, failures };
  if (dryRun) {
    const { manifestText } = plan;
    const manifest = readManifest(manifestText, path);
    const lockText = await resolveManifest(world, { manifestText, manifest, before: state });
    return {
      ...NOTHING_CHANGED,
      manifestChanged: manifestText !== state.manifestText,
      lockChanged: lockText !== state.lockText,
      locked: diffLocks(readLockPackages(state.lockText), readLockPackages(lockText)),
      plan,
      failures,
    };
  }
  return await changeEnvironment(world, { command }, async (transaction) => {
    await refuseDuringBisect(world, `change node packs`);
    const before = await readEnvironmentState(world);
    const same = before.manifestText === state.manifestText;
    const now = same ? decided : await decide(before);
    const { changes, prepare, finish } = now;
    const fresh = planNodes(before, changes, path);
    const commit = await isCommitted(world) ? messageOf(verb, changes) : undefined;
    const report = await applyManifest(world, transaction, {
      before,
      manifestText: fresh.manifestText,
      command,
      sync,
      commit,
      prepare,
      follow: [nodeFollower],
    });
    await finish?.(readManifest(fresh.manifestText, path));
    return { ...report, plan: fresh, failures: now.failures ?? [] };
  });
}

// What people have not committed is theirs to name.
async function isCommitted(world: EnvironmentWorld): Promise<boolean> {
  if (!await hasRepository(world.environment.cec)) return false;
  const open = await uncommitted(world);
  return !open.some(({ path }) => path === "pyproject.toml" || path === "uv.lock");
}

const NAMED = 5;

function messageOf(verb: string, changes: readonly NodeChange[]): string {
  const named = changes.filter(({ action }) => action !== "kept").map(({ id, action, after }) =>
    after?.version !== undefined && (action === "added" || action === "updated")
      ? `${id} ${after.version}`
      : id
  );
  const more = named.length - NAMED;
  return `${verb} ${named.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
