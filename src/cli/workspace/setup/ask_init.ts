import { resolve } from "node:path";
import { ComfydockError, isKind } from "../../../base/mod.ts";
import {
  type InitPlan,
  openWorkspace,
  planInit,
  workspaceErrors,
  type WorkspaceLayout,
} from "../../../workspace/mod.ts";
import type { CommandContext } from "../../types.ts";
import { readConfig } from "../access.ts";
import { settingQuestions } from "./questions.ts";
import { askSettings, type SettingAnswers } from "./settings.ts";
import { askTokens, type TokenAnswer } from "./tokens.ts";

/** What `init` has to know. */
export interface InitAnswers {
  /** Absolute. */
  readonly path: string;
  /** Absent for the directory in the workspace. */
  readonly modelsDir?: string;
  readonly settings: SettingAnswers;
  readonly tokens: readonly TokenAnswer[];
}

/** Asks where the workspace shall be, for its models, what new environments are made with, and for tokens. */
export async function askInit(context: CommandContext): Promise<InitAnswers> {
  const { kind, layout } = await askPlace(context);
  const questions = await settingQuestions(await configAt(kind, layout, context), context);
  const { models_dir: modelsDir, ...settings } = await askSettings(context, questions);
  return {
    path: layout.root,
    modelsDir: modelsDir === undefined ? undefined : `${modelsDir}`,
    settings,
    tokens: await askTokens(context),
  };
}

async function askPlace(
  { ask, options, report, clock }: CommandContext,
): Promise<Pick<InitPlan, "kind" | "layout">> {
  for (let initial = options.workspace;;) {
    const answer = await ask.text({
      message: "Where shall the workspace be?",
      flag: "PATH",
      initial,
      check: (typed) => typed.trim() === "" ? "Name a directory" : undefined,
    });
    const path = resolve(answer.trim());
    try {
      return await planInit({ path, now: new Date(clock.now()).toISOString() });
    } catch (error) {
      if (!isKind(error, workspaceErrors.WORKSPACE_DIRECTORY_FOREIGN)) throw error;
      const message = error instanceof ComfydockError ? error.message : "";
      report.emit({ kind: "logged", level: "INFO", message });
      initial = path;
    }
  }
}

async function configAt(
  kind: InitPlan["kind"],
  layout: WorkspaceLayout,
  context: CommandContext,
) {
  if (kind === "keep") return await readConfig(context, await openWorkspace(layout.root));
  return await readConfig(context, undefined, { defaults: { models_dir: layout.defaultModels } });
}
