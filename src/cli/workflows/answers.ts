import { ComfydockError } from "../../base/mod.ts";
import type { ResolveAnswers, WorkflowResolution } from "../../environment/workflows/mod.ts";
import { type NodeKnowledge, suggestPacks } from "../../workflows/mod.ts";
import { cliErrors } from "../errors.ts";
import type { CommandContext } from "../types.ts";

/** What flags say about classes and models. */
export interface AnswerFlags {
  readonly pack: readonly string[];
  readonly without: readonly string[];
  readonly model: readonly string[];
  readonly withoutModel: readonly string[];
}

const ELSE = "another one";
const WITHOUT = "do without";
const SKIP = "leave it open";

/**
 * Reads the answers that flags give.
 *
 * @throws `OPTION_VALUE_INVALID`
 */
export function readAnswers(flags: AnswerFlags): ResolveAnswers {
  return {
    packs: new Map<string, string | false>([
      ...flags.pack.map((text) => pairOf(text, "--pack", "CLASS=ID")),
      ...flags.without.map((type) => [type, false] as const),
    ]),
    models: new Map<string, string | false>([
      ...flags.model.map((text) => pairOf(text, "--model", "NAME=SOURCE")),
      ...flags.withoutModel.map((name) => [name, false] as const),
    ]),
  };
}

function pairOf(text: string, flag: string, wanted: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot read "${text}" for ${flag}: expected ${wanted}`,
    { hint: `Write ${flag} "${wanted}"`, details: { flag, value: text } },
  );
}

/** Asks about all that neither flags nor anything else tells. */
export async function askAbout(
  context: CommandContext,
  { plan }: WorkflowResolution,
  answers: ResolveAnswers,
  index: NodeKnowledge["index"],
): Promise<ResolveAnswers> {
  const packs = new Map(answers.packs);
  const models = new Map(answers.models);
  for (const { need: { type }, candidates, outcome } of plan.open.classes) {
    if (outcome === "newer_comfyui" || packs.has(type)) continue;
    const choices = { nodes: {}, prefer: [], deny: [] };
    const offered = candidates.length > 0 ? candidates : suggestPacks(type, { index, choices });
    const known = offered.flatMap(({ packageId, repository }) => packageId ?? repository ?? []);
    const answer = await askFor(
      context,
      `Which pack provides the node "${type}"?`,
      known,
      "--pack",
    );
    if (answer !== undefined) packs.set(type, answer);
  }
  for (const { reference: { value }, candidates } of plan.open.models) {
    if (models.has(value)) continue;
    const known = candidates.map(({ path }) => path);
    const answer = await askFor(context, `Which file is the model "${value}"?`, known, "--model");
    if (answer !== undefined) models.set(value, answer);
  }
  return { packs, models };
}

async function askFor(
  { ask }: CommandContext,
  message: string,
  known: readonly string[],
  flag: string,
): Promise<string | false | undefined> {
  const values = [...new Set(known), ELSE, WITHOUT, SKIP];
  const answer = await ask.choose({ message, flag, choices: values.map((value) => ({ value })) });
  if (answer === SKIP) return undefined;
  if (answer === WITHOUT) return false;
  if (answer !== ELSE) return answer;
  const given = await ask.text({ message: "An id, an address or a path", flag });
  return given.trim() === "" ? undefined : given.trim();
}
