import { adoptionErrors, applyAdoption, planAdoption, surveyInstall } from "../../adoption/mod.ts";
import { ExitCode } from "../../base/mod.ts";
import { readComfyUISource } from "../../comfyui/mod.ts";
import type { Outcome } from "../../output/mod.ts";
import { readTorchBackends, setTorchBackend } from "../../pyproject/mod.ts";
import { configuredComfyUI, detectedTorch, suitableTorch } from "../../session/creation/mod.ts";
import { withNodeResolver } from "../../session/nodes/mod.ts";
import { checkNewEnvironmentName, isUndisturbed, listEnvironments } from "../../workspace/mod.ts";
import { readTorchIndex } from "../environment/torch_index.ts";
import { newCommandEnvironment } from "../environment/world.ts";
import type { CommandContext, InputOf } from "../types.ts";
import { openNamedWorkspace } from "../workspace/access.ts";
import { type AdoptData, toFoundData, toMadeData } from "./adopt_data.ts";
import type { adoptOptions } from "./options.ts";

export { view } from "./adopt_view.ts";

/** The name under which the workspace is opened until the install has said its own; nothing is written there. */
const UNNAMED = "adopt";

/** Makes an environment of an install; in a dry run only tells what is known of it. */
export async function run(
  { args: [path = ""], options, dryRun }: InputOf<typeof adoptOptions>,
  context: CommandContext,
): Promise<Outcome<AdoptData>> {
  const workspace = await openNamedWorkspace(context);
  const place = await newCommandEnvironment(context, workspace, UNNAMED);
  const { world } = place;
  const { torchBackend: backend, comfyuiSource, pythonEnv, noScan, use, ...rest } = options;
  const { torchIndex: index, ...choice } = rest;
  const torchIndex = readTorchIndex(index);
  const detectTorch = () => suitableTorch(place, context);
  // Refuses a build that does not exist.
  if (backend !== undefined && backend !== "auto") {
    setTorchBackend(await readTorchBackends(), backend);
  }
  const torchBackend = backend === "auto" ? await detectedTorch(place, context) : backend;
  const comfyui = comfyuiSource === undefined
    ? undefined
    : await readComfyUISource(comfyuiSource, Deno.cwd());
  const survey = await surveyInstall(world, path, pythonEnv);
  const plan = planAdoption(survey, { ...choice, torchBackend });
  const existing = await isUndisturbed(workspace.layout)
    ? await listEnvironments(workspace.layout)
    : [];
  checkNewEnvironmentName(plan.name, existing);
  const found = toFoundData(survey, plan);
  if (dryRun) {
    return { data: { dry_run: true, ...found, findings: [...plan.preview], made: null } };
  }
  const target = await newCommandEnvironment(context, workspace, plan.name);
  const { takeover } = plan;
  const { findings, environment, scan } = await withNodeResolver(
    context,
    target,
    async ({ resolve }) =>
      await applyAdoption(target.world, survey, plan, {
        resolve,
        detectTorch,
        torchIndex,
        // Where git knows the commit, it knows where that came from, too.
        comfyui: comfyui ??
          (survey.copy?.commit === undefined ? await configuredComfyUI(place) : undefined),
        python: choice.python,
        scan: !noScan,
        use,
      }),
    { target: { torchBackend: takeover.torchBackend } },
  );
  for (const { certainty, part, subject, message } of findings) {
    if (part !== "nodes" || certainty !== "unknown") continue;
    context.warn(adoptionErrors.ADOPT_INCOMPLETE.code, `${subject}: ${message}`);
  }
  for (const { code, message } of [...scan?.warnings ?? [], ...scan?.problems ?? []]) {
    context.warn(code, message);
  }
  const left = findings.some(({ part, certainty }) => part === "nodes" && certainty === "unknown");
  return {
    data: {
      dry_run: false,
      ...found,
      findings: [...findings],
      made: toMadeData(environment, scan),
    },
    // The environment is there, but not all that it was made of.
    exit: left ? ExitCode.failed : ExitCode.ok,
  };
}
