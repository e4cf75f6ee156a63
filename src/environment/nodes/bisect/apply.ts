import { ComfydockError } from "../../../base/mod.ts";
import type { Manifest, ManifestNode } from "../../../pyproject/mod.ts";
import { lookAt, type Transaction } from "../../../workspace/mod.ts";
import { changeEnvironment } from "../../change.ts";
import { readEnvironmentState } from "../../state.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { nodeChangeErrors } from "../errors.ts";
import { nodePlaces } from "../places.ts";
import { answerBisect, beginBisect } from "./decide.ts";
import { keepBisect, readBisect } from "./state.ts";
import type { BisectAnswer, BisectState, BisectStep } from "./types.ts";

/**
 * Begins a search for the node pack that is to blame: half of those that are loaded are held back.
 *
 * The manifest stays as it is; packs that are held back lie in `custom_nodes/.disabled` meanwhile.
 *
 * @throws `BISECT_ACTIVE`, `BISECT_TOO_FEW`, `LOCKED`
 */
export async function startBisect(world: EnvironmentWorld): Promise<BisectStep> {
  return await change(
    world,
    async (transaction, manifest) =>
      await carryOut(world, transaction, manifest, await begin(world, manifest)),
  );
}

/**
 * Tells how a search would begin; nothing is changed.
 *
 * @throws `BISECT_ACTIVE`, `BISECT_TOO_FEW`
 */
export async function planBisect(world: EnvironmentWorld): Promise<BisectStep> {
  return await begin(world, (await readEnvironmentState(world)).manifest);
}

async function begin(world: EnvironmentWorld, manifest: Manifest): Promise<BisectStep> {
  const { name } = world.environment;
  if (await readBisect(world)) {
    throw new ComfydockError(
      nodeChangeErrors.BISECT_ACTIVE,
      `Cannot begin a search in "${name}": one is under way`,
      { hint: "Answer it with comfydock node bisect good, bad or skip, or end it with reset" },
    );
  }
  const packs = await loadedPacks(world, manifest);
  if (packs.length > 0) return beginBisect(packs);
  throw new ComfydockError(
    nodeChangeErrors.BISECT_TOO_FEW,
    `Cannot search for a faulty node pack in "${name}": none is enabled`,
    { hint: "Run comfydock node list to see what is there" },
  );
}

/**
 * Takes an answer to the last test; when the search is over, the environment is as it was before.
 *
 * @throws `BISECT_NONE`, `LOCKED`
 */
export async function continueBisect(
  world: EnvironmentWorld,
  answer: BisectAnswer,
): Promise<BisectStep> {
  return await change(world, async (transaction, manifest) => {
    const state = await requireBisect(world);
    return await carryOut(world, transaction, manifest, answerBisect(state, answer));
  });
}

/**
 * Ends a search without a result; all packs are where they were before it.
 *
 * @returns The search that was ended.
 * @throws `BISECT_NONE`, `LOCKED`
 */
export async function resetBisect(world: EnvironmentWorld): Promise<BisectState> {
  return await change(world, async (transaction, manifest) => {
    const state = await requireBisect(world);
    await hold(world, transaction, manifest, { packs: state.packs, held: [] });
    await keepBisect(world, transaction, undefined);
    return state;
  });
}

/**
 * Reads the search that is under way.
 *
 * @throws `BISECT_NONE`
 */
export async function requireBisect(world: EnvironmentWorld): Promise<BisectState> {
  const state = await readBisect(world);
  if (state) return state;
  throw new ComfydockError(
    nodeChangeErrors.BISECT_NONE,
    `Cannot go on with a search in "${world.environment.name}": none is under way`,
    { hint: "Run comfydock node bisect start" },
  );
}

async function change<Result>(
  world: EnvironmentWorld,
  work: (transaction: Transaction, manifest: Manifest) => Promise<Result>,
): Promise<Result> {
  return await changeEnvironment(
    world,
    { command: "node bisect", undoable: false },
    async (transaction) => await work(transaction, (await readEnvironmentState(world)).manifest),
  );
}

async function carryOut(
  world: EnvironmentWorld,
  transaction: Transaction,
  manifest: Manifest,
  step: BisectStep,
): Promise<BisectStep> {
  await hold(world, transaction, manifest, step.state);
  await keepBisect(world, transaction, step.kind === "test" ? step.state : undefined);
  return step;
}

async function loadedPacks(
  world: EnvironmentWorld,
  { nodes }: Manifest,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const node of Object.values(nodes)) {
    const { enabled } = nodePlaces(world.environment, node);
    if (node.enabled && await lookAt(enabled)) found.push(node.id);
  }
  return found;
}

/** Moves the packs of a search to where they shall be; those that people have removed meanwhile are left out. */
async function hold(
  world: EnvironmentWorld,
  transaction: Transaction,
  { nodes }: Manifest,
  { packs, held }: Pick<BisectState, "packs" | "held">,
): Promise<void> {
  const known = packs.map((id): ManifestNode | undefined => nodes[id]).filter((node) =>
    node !== undefined
  );
  for (const node of known) {
    const { enabled, disabled } = nodePlaces(world.environment, node);
    const [from, to] = held.includes(node.id) ? [enabled, disabled] : [disabled, enabled];
    if (!await lookAt(from) || await lookAt(to)) continue;
    await transaction.move(from, to);
    world.checkpoints.reach("environment:node-moved");
  }
}
