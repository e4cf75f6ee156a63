import { join } from "node:path";
import {
  ComfydockError,
  type JsonRecord,
  parseJsonText,
  readBoolean,
  readList,
  readNumber,
  readRecord,
  readText,
  readTextBounded,
} from "../../../base/mod.ts";
import { lookAt, type Transaction } from "../../../workspace/mod.ts";
import type { EnvironmentWorld } from "../../types.ts";
import { nodeChangeErrors } from "../errors.ts";
import { DISABLED } from "../places.ts";
import type { BisectAnswer, BisectState } from "./types.ts";

const SCHEMA = 1;
const MAX_BYTES = 4_000_000;

/** Beside the packs that are held back, so that it goes where they go when the environment moves. */
function statePath({ environment: { customNodes } }: EnvironmentWorld): string {
  return join(customNodes, DISABLED, ".comfydock-bisect.json");
}

/**
 * Reads the search that is under way in an environment, if there is one.
 *
 * @throws `DATA_INVALID`
 */
export async function readBisect(world: EnvironmentWorld): Promise<BisectState | undefined> {
  const path = statePath(world);
  if (!await lookAt(path)) return undefined;
  const data = readRecord(parseJsonText(await readTextBounded(path, MAX_BYTES), path), "$");
  return {
    packs: readTexts(data, "packs"),
    suspects: readTexts(data, "suspects"),
    held: readTexts(data, "held"),
    proven: readBoolean(data.proven, "$.proven"),
    skips: readNumber(data.skips, "$.skips"),
    answers: readList(data.answers, "$.answers").map((value, at) => {
      const answer = readRecord(value, `$.answers[${at}]`);
      return {
        held: readTexts(answer, "held"),
        answer: readAnswer(readText(answer.answer, `$.answers[${at}].answer`)),
      };
    }),
  };
}

function readTexts(data: JsonRecord, field: string): readonly string[] {
  return readList(data[field], `$.${field}`).map((item) => readText(item, `$.${field}`));
}

function readAnswer(text: string): BisectAnswer {
  return text === "good" || text === "bad" ? text : "skip";
}

/** Keeps a search, or lets go of it, as a part of a transaction. */
export async function keepBisect(
  world: EnvironmentWorld,
  transaction: Transaction,
  state: BisectState | undefined,
): Promise<void> {
  const path = statePath(world);
  if (state === undefined) return await transaction.remove(path, { keep: "none" });
  await transaction.writeFile(path, JSON.stringify({ schema: SCHEMA, ...state }, null, 2));
}

/**
 * Refuses to go on while a search holds packs back.
 *
 * @param doing What was to be done, such as `add node packs`.
 * @throws `BISECT_ACTIVE`
 */
export async function refuseDuringBisect(world: EnvironmentWorld, doing: string): Promise<void> {
  if (!await readBisect(world)) return;
  const { name } = world.environment;
  throw new ComfydockError(
    nodeChangeErrors.BISECT_ACTIVE,
    `Cannot ${doing} in "${name}": a search for a faulty node pack is under way`,
    {
      hint: `Run comfydock node bisect reset --env ${name} first`,
      details: { environment: name },
    },
  );
}
