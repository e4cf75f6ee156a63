import { ComfydockError } from "../../base/mod.ts";
import { lockEnvironment, resolveNow } from "../../environment/manifest_change/mod.ts";
import { diffLocks, type LockChange, readLockPackages } from "../../environment/venv/mod.ts";
import { readEnvironmentState } from "../../environment/world/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { renderLockChanges } from "./changes_view.ts";
import type { lockOptions } from "./options.ts";
import { commandEnvironment } from "./world.ts";

/** What `lock` tells. */
export interface LockData {
  readonly dry_run: boolean;
  /** Whether the text of the lock differs. */
  readonly changed: boolean;
  readonly lock: readonly LockChange[];
}

/** Resolves the manifest into `uv.lock`. */
export async function run(
  { args, options: { upgrade, check }, dryRun }: InputOf<typeof lockOptions>,
  context: CommandContext,
): Promise<Outcome<LockData>> {
  if (args.length > 0 && !upgrade) {
    throw new ComfydockError(
      cliErrors.ARGUMENT_UNEXPECTED,
      `Cannot lock "${args[0]}" alone: packages are named for an upgrade`,
      { hint: `Run comfydock lock --upgrade ${args.join(" ")}` },
    );
  }
  const { world } = await commandEnvironment(context);
  const wanted = upgrade ? (args.length > 0 ? args : true) : undefined;
  if (check || dryRun) {
    const before = await readEnvironmentState(world);
    const lockText = await resolveNow(world, before, wanted);
    const lock = diffLocks(readLockPackages(before.lockText), readLockPackages(lockText));
    const changed = lockText !== before.lockText;
    return { data: { dry_run: true, changed, lock }, exit: check && changed ? 1 : 0 };
  }
  const { lockChanged, locked } = await lockEnvironment(world, wanted);
  return { data: { dry_run: false, changed: lockChanged, lock: locked } };
}

/** What changed in the lock, or would. */
export function view({ changed, lock, dry_run }: LockData, style: Style): string[] {
  if (!changed) return ["The lock fits the manifest"];
  const title = dry_run ? "The lock would change" : "The lock has changed";
  const next = dry_run ? [] : [style.dim("comfydock sync installs it")];
  return [style.bold(title), ...renderLockChanges(lock, style), ...next];
}
