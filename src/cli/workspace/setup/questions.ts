import { type ConfigEntry, configValue } from "../../../workspace/mod.ts";
import type { CommandContext } from "../../types.ts";
import { SETTING_FLAGS, type SettingQuestion } from "./settings.ts";

/** The questions about settings, with what holds now as their beginnings. */
export async function settingQuestions(
  config: readonly ConfigEntry[],
  { env, signal }: Pick<CommandContext, "env" | "signal">,
): Promise<readonly SettingQuestion[]> {
  const questions = [
    { key: "models_dir" },
    { key: "torch_backend", note: `auto is ${await fittingBackend({ env, signal })} here` },
    { key: "default_python", note: "nothing: what ComfyUI asks for" },
  ] as const;
  return questions.map((question) => {
    const value = configValue(config, question.key);
    return {
      ...question,
      flag: SETTING_FLAGS[question.key],
      initial: value === undefined ? undefined : `${value}`,
    };
  });
}

async function fittingBackend(
  { env, signal }: Pick<CommandContext, "env" | "signal">,
): Promise<string> {
  const [{ detectTorchBackend }, { createRunner }] = await Promise.all([
    import("../../../torch/mod.ts"),
    import("../../../tools/mod.ts"),
  ]);
  return (await detectTorchBackend(createRunner({ env }), { env, signal })).backend;
}
