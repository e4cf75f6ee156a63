import { ComfydockError } from "../../../base/mod.ts";
import { type Outcome, outputErrors } from "../../../output/mod.ts";
import { configValue, type Workspace } from "../../../workspace/mod.ts";
import type { CommandContext, OptionValues } from "../../types.ts";
import { readConfig, workspaceIfThere } from "../access.ts";
import { renderChanges, type SetupChange, tokenChanges, writeTokens } from "../setup/changes.ts";
import { settingQuestions } from "../setup/questions.ts";
import { askSettings, givenSettings, SETTING_FLAGS } from "../setup/settings.ts";
import { type LayerInput, namedLayer, openSettings, type WrittenLayer } from "./layers.ts";
import type { setupOptions } from "./options.ts";

/** What `config` tells. */
export interface ConfigData {
  readonly dry_run: boolean;
  readonly changes: readonly SetupChange[];
}

type SetupInput = LayerInput<OptionValues<typeof setupOptions>>;

/** Asks for the settings that matter most, and writes when all is answered; with answers in options nothing is asked. */
export async function run(
  input: SetupInput,
  context: CommandContext,
): Promise<Outcome<ConfigData>> {
  const { user: _, workspace: __, ...answers } = input.options;
  const given = Object.values(answers).some((value) => value !== undefined);
  const asks = !given && context.options.interactive;
  if (!given && !asks) throw nobodyToAsk();
  const workspace = await workspaceIfThere(context);
  const layer = namedLayer(input) ?? (asks ? await askLayer(workspace, context) : undefined) ??
    (workspace ? "workspace" : "user");
  const file = await openSettings(layer, context);
  const config = await readConfig(context, workspace);
  const settings = asks
    ? await askSettings(context, await settingQuestions(config, context))
    : givenSettings(answers);
  const { askTokens, givenTokens } = await import("../setup/tokens.ts");
  const tokens = asks ? await askTokens(context) : await givenTokens(answers, context);
  const changed = Object.entries(settings)
    .filter(([key, value]) => value !== configValue(config, key));
  if (!input.dryRun) {
    for (const [key, value] of changed) await file.write(key, value);
    await writeTokens(tokens, context);
  }
  const changes = [
    ...changed.map(([key, value]) => ({ key, value, layer, path: file.path })),
    ...tokenChanges(tokens, context),
  ];
  return { data: { dry_run: input.dryRun, changes } };
}

async function askLayer(
  workspace: Workspace | undefined,
  { ask, options, report }: CommandContext,
): Promise<WrittenLayer> {
  if (!workspace) {
    const message = `There is no workspace at ${options.workspace}, so these settings are your ` +
      "own, for all; comfydock init makes one";
    report.emit({ kind: "logged", level: "INFO", message });
    return "user";
  }
  return await ask.choose<WrittenLayer>({
    message: "Where shall the settings hold?",
    flag: "--workspace or --user",
    choices: [
      { value: "workspace", label: `in the workspace ${workspace.layout.root}` },
      { value: "user", label: "in all your workspaces that do not say otherwise" },
    ],
    initial: "workspace",
  });
}

function nobodyToAsk(): ComfydockError {
  const flags = [
    ...Object.values(SETTING_FLAGS),
    "--huggingface-token-file FILE",
    "--civitai-token-file FILE",
  ];
  return new ComfydockError(
    outputErrors.ANSWER_NEEDED,
    "Cannot ask for settings as nobody can answer here",
    {
      hint: `Answer with ${flags.join(", ")}, or comfydock config set KEY VALUE`,
      details: { flags },
    },
  );
}

/** A line a change. */
export function view({ dry_run, changes }: ConfigData): string[] {
  return changes.length === 0 ? ["Nothing changed"] : renderChanges(changes, dry_run);
}
