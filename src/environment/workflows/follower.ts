import { sha256Of } from "../../base/mod.ts";
import type { Follower, FollowFacts, FollowStep } from "../followers/types.ts";
import { type ComparedWorkflow, compareWorkflows } from "./compare.ts";
import { readWorkflowFile, workflowPlaces } from "./places.ts";

/**
 * ComfyUI's copies of the tracked workflows: one that is missing is put there, one that is as the version before was
 * follows to the new one, and one with edits of its own stays.
 */
export const workflowFollower: Follower = {
  part: "workflows",
  async plan(facts) {
    const { world: { environment }, manifest, earlier } = facts;
    const compared = await compareWorkflows(environment, manifest);
    const steps = await Promise.all(compared.map((one) => planOne(facts, one)));
    const files = new Set(compared.map(({ workflow }) => workflow.file));
    const dropped = Object.values(earlier?.manifest?.workflows ?? {})
      .filter(({ file }) => !files.has(file));
    const left = await Promise.all(dropped.map(({ file }) => tellDropped(facts, file)));
    return [...steps, ...left].flat();
  },
};

async function planOne(
  facts: FollowFacts,
  { workflow: { file }, copy, sha256 }: ComparedWorkflow,
): Promise<readonly FollowStep[]> {
  if (copy === "missing") {
    return [{
      part: "workflows",
      subject: file,
      problem: `ComfyUI does not have the workflow ${file}`,
      remedy: "put a copy there",
      apply: (transaction) => place(facts, file, transaction),
    }];
  }
  const before = facts.earlier?.workflows.get(file);
  if (copy !== "different" || before === sha256) {
    return copy === "different" ? [differs(facts, file)] : [];
  }
  const there = await readWorkflowFile(workflowPlaces(facts.world.environment, { file })!.copy);
  if (!there || await sha256Of(there) !== before) return [differs(facts, file)];
  return [{
    part: "workflows",
    subject: file,
    problem: `ComfyUI has the earlier version of the workflow ${file}`,
    remedy: "replace it with the new one",
    apply: (transaction) => place(facts, file, transaction),
  }];
}

type Apply = NonNullable<FollowStep["apply"]>;

async function place(
  { world: { environment, checkpoints } }: FollowFacts,
  file: string,
  transaction: Parameters<Apply>[0],
): Promise<void> {
  const { tracked, copy } = workflowPlaces(environment, { file })!;
  const content = await readWorkflowFile(tracked);
  if (content) await transaction.writeFile(copy, content);
  checkpoints.reach("environment:workflow-placed");
}

function differs({ world: { environment: { name } } }: FollowFacts, file: string): FollowStep {
  return {
    part: "workflows",
    subject: file,
    problem: `ComfyUI's copy of the workflow ${file} has changes of its own, and stays`,
    hint: `comfydock workflow sync --env ${name}`,
    told: true,
  };
}

async function tellDropped(
  { world: { environment } }: FollowFacts,
  file: string,
): Promise<readonly FollowStep[]> {
  const places = workflowPlaces(environment, { file });
  if (!places || !await readWorkflowFile(places.copy)) return [];
  return [{
    part: "workflows",
    subject: file,
    problem: `The workflow ${file} is not tracked any more; ComfyUI's copy stays`,
    told: true,
  }];
}
