import { ComfydockError, isKind } from "../../base/mod.ts";
import {
  bundleErrors,
  type BundleSource,
  type ImportPlan,
  type ImportRequest,
  type PreparedImport,
  prepareImport,
} from "../../bundles/mod.ts";
import type { EnvironmentWorld } from "../../environment/world/mod.ts";
import { createStyle, formatBytes } from "../../output/mod.ts";
import { workspaceErrors } from "../../workspace/reading/mod.ts";
import type { CommandContext } from "../types.ts";
import { toPlanData } from "./import_data.ts";
import { view } from "./import_view.ts";

const WIDTH = 80;

/** An import that was decided, and the request that it was decided for. */
export interface AskedImport {
  readonly prepared: PreparedImport;
  readonly request: ImportRequest;
}

/**
 * Decides what an import will do; where it would refuse, people are asked what shall be done instead.
 *
 * @throws what `prepareImport` throws, where nobody can be asked or nothing shall be done
 */
export async function prepareAsking(
  context: CommandContext,
  world: EnvironmentWorld,
  source: BundleSource,
  given: ImportRequest,
): Promise<AskedImport> {
  for (let request = given;;) {
    try {
      return { prepared: await prepareImport(world, source, request), request };
    } catch (error) {
      if (!(error instanceof ComfydockError) || !context.options.interactive) throw error;
      request = { ...request, ...await answerTo(error, context) };
    }
  }
}

async function answerTo(
  error: ComfydockError,
  { ask, report }: CommandContext,
): Promise<Partial<ImportRequest>> {
  const { message, details: { key, path, here, packed } } = error;
  if (isKind(error, workspaceErrors.ENVIRONMENT_EXISTS)) {
    report.emit({ kind: "logged", level: "INFO", message });
    const name = await ask.text({
      message: "What shall the new environment be called?",
      flag: "--name",
      check: (typed) => typed.trim() === "" ? "Give it a name" : undefined,
    });
    return { name: name.trim() };
  }
  if (!isKind(error, bundleErrors.BUNDLE_MODEL_DIFFERS)) throw error;
  const answer = await ask.choose({
    message: `"${path}" is another file than the model ${key} of the bundle. What shall be done?`,
    flag: "--keep-models",
    choices: [
      { value: "keep", label: `keep the file that is here, ${formatBytes(Number(here))}` },
      { value: "stop", label: `import nothing; the bundle's has ${formatBytes(Number(packed))}` },
    ],
  });
  if (answer === "stop") throw error;
  return { keepModels: true };
}

/** Shows people what will be done, and asks whether it shall; nobody is asked where there is no terminal. */
export async function confirmImport(
  { ask, options, report }: CommandContext,
  plan: ImportPlan,
): Promise<boolean> {
  if (!options.interactive) return true;
  const data = { dry_run: true, plan: toPlanData(plan), made: null };
  const lines = view(data, createStyle(options.color.stderr, WIDTH));
  report.emit({ kind: "logged", level: "INFO", message: lines.join("\n") });
  return await ask.confirm({ message: "Import it?", flag: "--yes", initial: true });
}
