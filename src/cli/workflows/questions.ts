import type { ResolveAnswers, WorkflowResolution } from "../../environment/workflows/mod.ts";
import type { Ask } from "../../output/mod.ts";
import { type NodeCandidate, type NodeKnowledge, suggestPacks } from "../../workflows/mod.ts";
import { sourceOf } from "./answers.ts";

/** An answer that is put forward. */
export interface Offered {
  readonly value: string;
  readonly hint?: string;
}

/** What questions about a workflow need. */
export interface QuestionWorld {
  readonly ask: Ask;
  readonly index: NodeKnowledge["index"];
  /** Models that have the words, here or to be fetched. */
  findModels(words: string): Promise<readonly Offered[]>;
}

/** A question about one class or model. */
interface Asked {
  readonly message: string;
  readonly flag: string;
  /** What may be typed. */
  readonly wanted: string;
  readonly offered: readonly Offered[];
  search(words: string): Promise<readonly Offered[]> | readonly Offered[];
}

// No pack and no file has such a name.
const SEARCH = "\0search";
const ELSE = "\0else";
const WITHOUT = "\0without";
const SKIP = "\0skip";
const WAYS = [
  { value: SEARCH, label: "search for it" },
  { value: ELSE, label: "another one" },
  { value: WITHOUT, label: "do without it", hint: "the workflow runs all the same" },
  { value: SKIP, label: "leave it open" },
];
const MOST_FOUND = 8;

/**
 * Asks about all that neither flags nor anything else tells.
 *
 * @returns All answers there are now; nothing where nobody said anything new.
 */
export async function askAbout(
  world: QuestionWorld,
  { plan }: WorkflowResolution,
  answers: ResolveAnswers,
): Promise<ResolveAnswers | undefined> {
  const packs = new Map(answers.packs);
  const models = new Map(answers.models);
  for (const { need: { type }, candidates, outcome } of plan.open.classes) {
    if (outcome === "newer_comfyui" || packs.has(type)) continue;
    const answer = await askFor(world.ask, packQuestion(world, type, candidates));
    if (answer !== undefined) packs.set(type, answer);
  }
  for (const { reference: { value }, candidates } of plan.open.models) {
    if (models.has(value)) continue;
    const answer = await askFor(world.ask, {
      message: `Which file is the model "${value}"?`,
      flag: `--model "${value}=SOURCE"`,
      wanted: "A URL, hf:…, civitai:…, or the path of a file",
      offered: candidates.map(({ path, folder }) => ({ value: path, hint: folder })),
      search: (words) => world.findModels(words),
    });
    if (answer !== undefined) models.set(value, answer && await sourceOf(answer));
  }
  const isNew = packs.size > answers.packs.size || models.size > answers.models.size;
  return isNew ? { packs, models } : undefined;
}

function packQuestion(
  { index }: QuestionWorld,
  type: string,
  candidates: readonly NodeCandidate[],
): Asked {
  const choices = { nodes: {}, prefer: [], deny: [] };
  const found = candidates.length > 0 ? candidates : suggestPacks(type, { index, choices });
  return {
    message: `Which pack provides the node "${type}"?`,
    flag: `--pack "${type}=ID"`,
    wanted: "The id of a pack, the address of its repository, or its path",
    offered: found.flatMap(({ packageId, repository }) => {
      const value = packageId ?? repository;
      return value === undefined ? [] : [{ value, hint: repository }];
    }),
    search: (words) =>
      index.find(words, { limit: MOST_FOUND })
        .map(({ id, package: { repository } }) => ({ value: id, hint: repository })),
  };
}

async function askFor(
  ask: Ask,
  { message, flag, wanted, offered, search }: Asked,
): Promise<string | false | undefined> {
  let shown = [...new Map(offered.map((one) => [one.value, one])).values()];
  let told = message;
  while (true) {
    const answer = await ask.choose({ message: told, flag, choices: [...shown, ...WAYS] });
    if (answer === SKIP) return undefined;
    if (answer === WITHOUT) return false;
    if (answer === ELSE) {
      const given = (await ask.text({ message: wanted, flag })).trim();
      if (given !== "") return given;
    } else if (answer === SEARCH) {
      const words = (await ask.text({ message: "Words to look for", flag })).trim();
      shown = words === "" ? shown : [...await search(words)];
      told = shown.length > 0 ? message : `Nothing has "${words}". ${message}`;
    } else return answer;
  }
}
