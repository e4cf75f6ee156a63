import { ComfydockError } from "../../../base/mod.ts";
import { addModel, type Placing } from "../../../environment/models/mod.ts";
import { formatBytes, type Outcome, type Style } from "../../../output/mod.ts";
import { commandEnvironment } from "../../environment/world.ts";
import { cliErrors } from "../../errors.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { type EntryData, toEntryData } from "./entry_data.ts";
import type { modelAddOptions } from "./options.ts";

/** What `model add` tells. */
export interface AddData {
  readonly dry_run: boolean;
  readonly environment: string;
  readonly action: "added" | "updated" | "kept";
  readonly key: string;
  readonly path: string;
  /** How the file came to its place. */
  readonly placing: Placing;
  /** The file that it was linked to or copied from. */
  readonly from: string | null;
  /** What was fetched, or would be, in bytes; null where that is not known. */
  readonly bytes: number | null;
  readonly model: EntryData;
  readonly commit: string | null;
}

/** Registers a model, and fetches it where it is not here. */
export async function run(
  { args: [text = ""], options, dryRun }: InputOf<typeof modelAddOptions>,
  context: CommandContext,
): Promise<Outcome<AddData>> {
  const meta = Object.fromEntries(options.meta.map(readNote));
  const { world, environment } = await commandEnvironment(context);
  const { as, folder, optional, copy } = options;
  const cwd = Deno.cwd();
  const report = await addModel(world, {
    ...{ text, cwd, as, folder, optional, copy, meta, dryRun },
  });
  const { decision: { key, action, model }, path, placing, from, bytes, commit } = report;
  const data = { dry_run: dryRun, environment: environment.name, action, key, path, placing };
  const placed = { from: from ?? null, bytes: bytes ?? null };
  return { data: { ...data, ...placed, model: toEntryData(model), commit: commit ?? null } };
}

function readNote(text: string): readonly [string, string] {
  const [, name, value] = /^([A-Za-z0-9][A-Za-z0-9_-]{0,63})=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined && value.length <= 1_000) return [name, value];
  throw new ComfydockError(
    cliErrors.OPTION_VALUE_INVALID,
    `Cannot use ${JSON.stringify(text.slice(0, 100))} for option --meta: expected NAME=VALUE`,
    { hint: "Such as --meta base=SDXL", details: { option: "--meta" } },
  );
}

const WORDS: Readonly<Record<Placing, string>> = {
  "in-place": "where it is",
  linked: "as a hard link",
  copied: "as a copy",
  fetched: "fetched",
  present: "already here",
};

/** What was registered, and where its file is. */
export function view(data: AddData, style: Style): string[] {
  const { dry_run, action, key, path, placing, from, bytes, model, environment } = data;
  const wanted = dry_run && placing === "fetched";
  const known = wanted ? bytes : model.size;
  const size = known === null ? wanted ? ", of unknown size" : "" : `, ${formatBytes(known)}`;
  const how = wanted ? "to be fetched" : WORDS[placing];
  const done = { added: "Added", updated: "Updated", kept: "Kept" }[action];
  const head = dry_run ? `Would have ${done.toLowerCase()}` : style.green(done);
  return [
    `${head} ${style.bold(key)} in ${environment}`,
    `  ${path} (${how}${from === null ? "" : ` of ${from}`}${size})`,
    ...model.sources.map((source) => style.dim(`  ${source}`)),
  ];
}
