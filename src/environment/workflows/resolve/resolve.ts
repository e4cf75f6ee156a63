import { takeBackOwn } from "../../history/mod.ts";
import { addNodes, switchNodes } from "../../nodes/mod.ts";
import { readEnvironmentState } from "../../state.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { fetchModels, linkModels } from "./fetch.ts";
import { readResolution } from "./read.ts";
import type { ResolveAnswers, ResolveReport, ResolveRequest, WorkflowResolution } from "./types.ts";
import { writeDown } from "./write.ts";

/**
 * Makes a workflow run in an environment: packs are installed, models fetched, widgets written anew; what fails takes
 * the environment back to what it was, files of models stay.
 *
 * @throws what reading the workflow, adding packs and the journal throw
 */
export async function resolveWorkflow(
  outer: EnvironmentWorld,
  given: ResolveRequest,
): Promise<ResolveReport> {
  const chain = outer.chain ?? { command: "workflow resolve", last: new Map<string, string>() };
  const since = chain.last.get(outer.environment.name);
  const world = { ...outer, chain };
  const { request, before } = await askAndPlan(world, given);
  const nothing = { before, after: before, installed: [], fetched: [], edited: false };
  if (request.dryRun) return nothing;
  const { plan } = before;
  const fetched = request.download ? await fetchModels(world, plan.download) : [];
  const linked = request.download ? plan.link.length : 0;
  if (linked > 0) await linkModels(world, plan.link);
  try {
    const { installed, ids } = request.install
      ? await installPacks(world, request, before)
      : { installed: [], ids: new Map<string, string>() };
    const changed = fetched.length + linked + installed.length > 0;
    const answered = { ...request, answers: byId(request.answers, ids) };
    const written = await writeDown(world, answered, { before, fetched, changed });
    return { ...nothing, ...written, installed, fetched: fetched.map(({ outcome }) => outcome) };
  } catch (error) {
    await takeBackOwn(world, chain, since);
    throw error;
  }
}

/** Finds out what is needed; where people say more, once again with what they said. */
async function askAndPlan(
  world: EnvironmentWorld,
  request: ResolveRequest,
): Promise<{ readonly request: ResolveRequest; readonly before: WorkflowResolution }> {
  const { manifest } = await readEnvironmentState(world);
  const before = await readResolution(world, manifest, request);
  const answers = await request.ask?.(before);
  if (!answers) return { request, before };
  const answered = { ...request, answers };
  return { request: answered, before: await readResolution(world, manifest, answered) };
}

/** What installing came to. */
interface Installed {
  readonly installed: readonly string[];
  /** By reference, such as an address or a path, what the manifest calls the pack. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Answers as the manifest keeps them: a path of this machine would say nothing elsewhere. */
function byId(answers: ResolveAnswers, ids: Installed["ids"]): ResolveAnswers {
  const packs = [...answers.packs].map(([type, pack]) =>
    [type, pack === false ? false : ids.get(pack) ?? pack] as const
  );
  return { ...answers, packs: new Map(packs) };
}

async function installPacks(
  world: EnvironmentWorld,
  { resolveNode }: ResolveRequest,
  { plan }: WorkflowResolution,
): Promise<Installed> {
  const ids = new Map<string, string>();
  if (plan.enable.length > 0) await switchNodes(world, plan.enable, true);
  if (plan.install.length === 0) return { installed: plan.enable, ids };
  const named = plan.install.map(({ reference }) => reference);
  const report = await addNodes(world, {
    named,
    async resolve(reference, choices) {
      const target = await resolveNode(reference, choices);
      ids.set(reference, target.id);
      return target;
    },
  });
  const added = report.plan.changes.map(({ id }) => id);
  return { installed: [...plan.enable, ...added], ids };
}
