import { join } from "node:path";
import { ComfydockError } from "../base/mod.ts";
import type { ComfyUISource } from "../comfyui/mod.ts";
import { applyRestore, type EnvironmentWorld, type RestoreReport } from "../environment/mod.ts";
import {
  completeTakeover,
  type Takeover,
  type TakeoverFinding,
  type TakeoverTools,
} from "../environment/takeover/mod.ts";
import { MODELS_LOCK, scanModels, type ScanReport, withSoundIndex } from "../models/mod.ts";
import { withLock } from "../workspace/mod.ts";
import { adoptionErrors } from "./errors.ts";
import { EXTRA_PATHS, furnish } from "./furnish.ts";
import type { AdoptionPlan } from "./plan.ts";
import { chooseSource, COMMAND, releaseOf } from "./source.ts";
import type { Survey } from "./survey.ts";

/** What an adoption is carried out with. */
export interface AdoptionTools
  extends Pick<TakeoverTools, "resolve" | "detectTorch" | "torchIndex" | "python"> {
  /** Where ComfyUI comes from; default what the install says. */
  readonly comfyui?: ComfyUISource;
  /** Whether the new environment becomes the active one. */
  readonly use: boolean;
  /** Whether its models are brought into the index. */
  readonly scan: boolean;
}

/** What an adoption came to. */
export interface AdoptionReport {
  readonly environment: RestoreReport;
  readonly findings: readonly TakeoverFinding[];
  /** Absent where no scan was wanted. */
  readonly scan?: ScanReport;
}

/**
 * Makes an environment of an install; killed or failing anywhere, nothing of it is left but what caches keep.
 *
 * The install itself is only read. Its models are used where they are; the index learns of them at the end.
 *
 * @param world Opened for the plan's name.
 * @throws `ADOPT_INCOMPLETE`, `COMFYUI_VERSION_NOT_FOUND`, `ENVIRONMENT_EXISTS`, `PACKAGE_CONFLICT`, and what getting
 * ComfyUI, uv and git throw
 */
export async function applyAdoption(
  world: EnvironmentWorld,
  survey: Survey,
  { name, takeover }: AdoptionPlan,
  tools: AdoptionTools,
): Promise<AdoptionReport> {
  const known = requireVersion(takeover, survey);
  const comfyui = tools.comfyui ?? await chooseSource(world, survey);
  const wanted = await releaseOf(world, comfyui, survey, known.comfyui);
  const completed = await completeTakeover(world, { ...known, comfyui: wanted }, {
    ...tools,
    name,
    command: COMMAND,
    comfyui,
  });
  const findings: TakeoverFinding[] = [...completed.findings];
  const restored = await applyRestore(world, COMMAND, {
    name,
    source: comfyui,
    commit: completed.comfyui.commit,
    manifestText: completed.manifestText,
    lockText: completed.lockText,
    python: completed.python,
    files: completed.files,
    unpack: () => Promise.resolve(new Map()),
    furnish: async (staged) => {
      findings.push(...await furnish(world, staged, survey, completed.made));
      world.checkpoints.reach("adopt:furnished");
    },
    use: tools.use,
  });
  const scan = tools.scan && survey.models.roots.length > 0
    ? await scanFound(world, survey)
    : undefined;
  // It was restored by its commit; the release has a name.
  const environment = { ...restored, comfyui: completed.comfyui };
  return { environment, findings, scan };
}

function requireVersion(
  takeover: AdoptionPlan["takeover"],
  { install }: Survey,
): Takeover {
  const { comfyui } = takeover;
  if (comfyui !== undefined) return { ...takeover, comfyui };
  throw new ComfydockError(
    adoptionErrors.ADOPT_INCOMPLETE,
    `Cannot adopt "${install.path}": nothing says which version of ComfyUI it is`,
    { hint: "Name one, such as --comfyui v0.3.64", details: { path: install.path } },
  );
}

/** Brings the models into the index; the list in the new ComfyUI says of what kind those of other directories are. */
async function scanFound(world: EnvironmentWorld, { models }: Survey): Promise<ScanReport> {
  const { workspace, environment, clock, signal, report, env, checkpoints } = world;
  const at = new Date(clock.now()).toISOString();
  const lock = { command: COMMAND, timeoutMs: world.lockTimeoutMs, clock, signal };
  const own = models.own === undefined ? [] : [models.own];
  const usual = [...own, join(environment.comfyui, EXTRA_PATHS)];
  return await withLock(workspace, MODELS_LOCK, lock, async () => {
    const scan = await withSoundIndex(
      workspace,
      { command: COMMAND, at },
      (index) =>
        scanModels(index, { named: [], usual, env }, { report, clock, signal, checkpoints }),
    );
    return scan.result;
  });
}
