import { registerSecret } from "../../base/mod.ts";
import { createStyle, type Envelope, type Outcome } from "../../output/mod.ts";
import { commands } from "../commands.ts";
import { locate } from "../locate.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { summaryOptions } from "./options.ts";
import { readEnvelope } from "./read_envelope.ts";
import { commandWords, renderMarkdown, renderText } from "./render.ts";

/** What `summary` makes. */
export interface SummaryData {
  /** The command whose result it is. */
  readonly command: string;
  readonly ok: boolean;
  readonly format: "markdown" | "text";
  readonly lines: readonly string[];
}

/** Columns of the views: what a page shows without a bar below it. */
const WIDTH = 100;
/** Variables of jobs that hold what must not be shown, and the shortest value that can be told from a word. */
const SECRET_NAME = /(?:TOKEN|SECRET|PASSWORD|KEY|CREDENTIALS?)$/i;
const SHORTEST_SECRET = 8;

/** Makes a result readable: by the view of the command that it comes from. */
export async function run(
  { args: [file = ""], options }: InputOf<typeof summaryOptions>,
  { env }: CommandContext,
): Promise<Outcome<SummaryData>> {
  for (const [name, value = ""] of Object.entries(env)) {
    if (SECRET_NAME.test(name) && value.length >= SHORTEST_SECRET) registerSecret(value);
  }
  const envelope = await readEnvelope(file);
  const lines = await viewOf(envelope);
  const render = options.as === "text" ? renderText : renderMarkdown;
  const { command, ok } = envelope;
  return { data: { command, ok, format: options.as, lines: render(envelope, lines) } };
}

/** The lines themselves. */
export function view({ lines }: SummaryData): readonly string[] {
  return lines;
}

async function viewOf({ command, data }: Envelope): Promise<readonly string[]> {
  if (data === undefined || data === null) return [];
  const located = locate(commandWords(command), commands);
  const asJson = JSON.stringify(data, null, 2).split("\n");
  if (located.kind !== "command") return asJson;
  const body = await located.command.load();
  try {
    return body.view(data, createStyle(false, WIDTH));
  } catch (error) {
    // Data of another version or of --help has a shape that the view does not know; it is shown as it is.
    if (error instanceof TypeError) return asJson;
    throw error;
  }
}
