import { basename, isAbsolute, join } from "node:path";
import { ComfydockError, fileError, isKind, writeFileAtomic } from "../base/mod.ts";
import {
  comfyuiErrors,
  type ComfyUISource,
  obtainComfyUI,
  readComfyUISource,
  readDefaultComfyUIUrl,
} from "../comfyui/mod.ts";
import {
  applyRestore,
  comfyuiWorld,
  type EnvironmentWorld,
  type RestoreReport,
} from "../environment/mod.ts";
import {
  completeTakeover,
  type Takeover,
  type TakeoverFinding,
  type TakeoverTools,
  withoutCredentials,
} from "../environment/takeover/mod.ts";
import { MODELS_LOCK, scanModels, type ScanReport, withSoundIndex } from "../models/mod.ts";
import { isObjectId } from "../tools/mod.ts";
import { type EnvironmentLayout, lookAt, withLock } from "../workspace/mod.ts";
import { adoptionErrors } from "./errors.ts";
import { renderModelPaths } from "./models.ts";
import { type AdoptionPlan, ownFiles } from "./plan.ts";
import type { Survey } from "./survey.ts";

/** What an adoption is carried out with. */
export interface AdoptionTools extends Pick<TakeoverTools, "resolve" | "detectTorch"> {
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

const COMMAND = "adopt";
const EXTRA_PATHS = "extra_model_paths.yaml";
const LARGEST_FILE = 16 * 1024 ** 2;

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
  const environment = await applyRestore(world, COMMAND, {
    name,
    source: comfyui,
    commit: completed.comfyui.commit,
    manifestText: completed.manifestText,
    lockText: completed.lockText,
    python: completed.python,
    files: completed.files,
    unpack: () => Promise.resolve(new Map()),
    furnish: async (staged) => {
      findings.push(...await copyFiles(survey, staged), ...await listModels(world, survey, staged));
      world.checkpoints.reach("adopt:furnished");
    },
    use: tools.use,
  });
  const scan = tools.scan && survey.models.roots.length > 0
    ? await scanFound(world, survey)
    : undefined;
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

/** Where the commit is had: a mirror that has it, the install itself, or where that came from. */
async function chooseSource(
  world: EnvironmentWorld,
  { install: { source }, copy }: Survey,
): Promise<ComfyUISource> {
  const address = copy?.repository;
  const isUsable = address !== undefined && (!isAbsolute(address) || await lookAt(address));
  const origin = await readComfyUISource(
    isUsable ? withoutCredentials(address) : await readDefaultComfyUIUrl(),
    Deno.cwd(),
  );
  if (source === undefined || copy?.commit === undefined) return origin;
  const surroundings = { ...comfyuiWorld(world, COMMAND), offline: true };
  try {
    await obtainComfyUI(surroundings, origin, copy.commit);
    return origin;
  } catch (error) {
    if (!isKind(error, comfyuiErrors.COMFYUI_NOT_MIRRORED)) throw error;
  }
  // From a history that was cut off, git fetches nothing.
  if (copy.shallow) return origin;
  const here = await readComfyUISource(source, Deno.cwd());
  return isUsable ? { ...here, publicUrl: origin.publicUrl } : here;
}

/** The release that a commit is, so that it is recorded by its name; else the commit. */
async function releaseOf(
  world: EnvironmentWorld,
  source: ComfyUISource,
  { version }: Survey,
  wanted: string,
): Promise<string> {
  if (version === undefined || !isObjectId(wanted)) return wanted;
  const surroundings = comfyuiWorld(world, COMMAND);
  await obtainComfyUI(surroundings, source, wanted);
  const release = `v${version}`;
  try {
    const found = await obtainComfyUI({ ...surroundings, offline: true }, source, release);
    return found.commit === wanted ? release : wanted;
  } catch (error) {
    const { COMFYUI_NOT_MIRRORED, COMFYUI_VERSION_NOT_FOUND } = comfyuiErrors;
    const unknown = [COMFYUI_NOT_MIRRORED, COMFYUI_VERSION_NOT_FOUND];
    if (unknown.some((kind) => isKind(error, kind))) return wanted;
    throw error;
  }
}

async function copyFiles(
  survey: Survey,
  { customNodes }: EnvironmentLayout,
): Promise<readonly TakeoverFinding[]> {
  const findings: TakeoverFinding[] = [];
  for (const path of ownFiles(survey)) {
    const subject = basename(path);
    const target = join(customNodes, subject);
    // What comes with ComfyUI is there already.
    if (await lookAt(target)) continue;
    const info = await Deno.stat(path).catch(() => undefined);
    const fits = info?.isFile && info.size <= LARGEST_FILE;
    if (fits) {
      const bytes = await Deno.readFile(path).catch((error) => {
        throw fileError("Cannot read", path, error);
      });
      await writeFileAtomic(target, bytes);
    }
    findings.push({
      part: "nodes",
      certainty: fits ? "exact" : "dropped",
      subject,
      message: fits
        ? "It is a single file, which is copied as it is"
        : "It is a single file, but too large or none that can be read",
    });
  }
  return findings;
}

/** Tells the new ComfyUI where the models of the install are. */
async function listModels(
  { models }: EnvironmentWorld,
  survey: Survey,
  { comfyui }: EnvironmentLayout,
): Promise<readonly TakeoverFinding[]> {
  const own = await Deno.realPath(models).catch(() => models);
  const directories = survey.models.directories.filter(({ directory }) =>
    directory !== own && !directory.startsWith(join(own, "/"))
  );
  if (directories.length === 0) return [];
  const path = join(comfyui, EXTRA_PATHS);
  if (!await lookAt(path)) {
    await writeFileAtomic(path, renderModelPaths(directories));
    return [];
  }
  return [{
    part: "models",
    certainty: "dropped",
    subject: EXTRA_PATHS,
    message: "ComfyUI has one of comfydock's already, so the models have to be named by hand",
  }];
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
