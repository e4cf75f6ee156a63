import { join } from "node:path";
import { fileError } from "../../base/mod.ts";
import {
  type ComfyUIVersion,
  isSupportedPython,
  obtainComfyUI,
  readMirroredFacts,
} from "../../comfyui/mod.ts";
import {
  addDependency,
  editManifest,
  newManifest,
  readManifest,
  readTorchBackends,
  setModel,
  setNodeChoice,
  setTorchBackend,
} from "../../pyproject/mod.ts";
import { removeTree } from "../../workspace/mod.ts";
import { comfyuiWorld } from "../comfyui/world.ts";
import { findEnvironmentPython } from "../create/python.ts";
import { planNodes } from "../nodes/plan.ts";
import type { EnvironmentWorld } from "../types.ts";
import { readLockPackages } from "../venv/mod.ts";
import { type MadeFiles, takePacks } from "./packs.ts";
import { pinsOf } from "./pins.ts";
import { tellPackages } from "./report.ts";
import { solve, trialOf } from "./solve.ts";
import { trackTaken } from "./workflows.ts";
import type { Takeover, TakeoverFinding, TakeoverTools } from "./types.ts";

/** A takeover of which nothing is open any more. */
export interface CompletedTakeover {
  readonly manifestText: string;
  readonly lockText: string;
  readonly comfyui: ComfyUIVersion;
  /** Such as `3.12`. */
  readonly python: string;
  /** Files below `.cec`, by their paths. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Small files that packs made in the other install, which belong beside those of the packs. */
  readonly made: readonly MadeFiles[];
  /** Those of the takeover, and what was found out on the way. */
  readonly findings: readonly TakeoverFinding[];
}

const MANIFEST = "pyproject.toml";

/**
 * Makes manifest and lock of what is known of another install; nothing but caches of the workspace is changed.
 *
 * @throws `COMFYUI_VERSION_NOT_FOUND`, `PACKAGE_CONFLICT`, and what getting ComfyUI and uv throw; a node pack that cannot
 * be had is told instead
 */
export async function completeTakeover(
  world: EnvironmentWorld,
  takeover: Takeover,
  tools: TakeoverTools,
): Promise<CompletedTakeover> {
  const { named, packages, workflows } = takeover;
  const surroundings = comfyuiWorld(world, tools.command);
  const comfyui = await obtainComfyUI(surroundings, tools.comfyui, takeover.comfyui);
  world.checkpoints.reach("takeover:comfyui");
  const facts = await readMirroredFacts(surroundings, tools.comfyui, comfyui.commit);
  const uv = await world.uv();
  const fits = takeover.python !== undefined && isSupportedPython(takeover.python, facts.python);
  const wanted = tools.python ?? (fits ? minorOf(takeover.python!) : undefined);
  const python = await findEnvironmentPython(world, uv, await uv.pythons(), wanted, facts.python);
  const torch = takeover.torchBackend ?? await tools.detectTorch();
  const { changes, made, findings } = await takePacks(world, takeover.packs, tools);
  world.checkpoints.reach("takeover:packs");
  const base = newManifest({
    name: tools.name,
    requiresPython: `==${minorOf(python.version)}.*`,
    dependencies: facts.requirements,
    constraints: takeover.constraints,
    environment: {
      comfyuiVersion: comfyui.name,
      comfyuiRefType: comfyui.kind,
      comfyuiCommit: comfyui.commit,
      comfyuiRepository: tools.comfyui.publicUrl,
      pythonVersion: python.version,
    },
    edits: [
      setTorchBackend(await readTorchBackends(), torch, tools.torchIndex),
      ...takeover.requirements.map(addDependency),
      ...takeover.models.map(setModel),
      ...[...takeover.choices ?? []].map(([type, pack]) => setNodeChoice(type, pack)),
    ],
  });
  const state = { manifestText: base, manifest: readManifest(base, named) };
  const { manifestText } = planNodes(state, changes, MANIFEST);
  const tracked = await trackTaken(world, readManifest(manifestText, named), workflows, changes);
  const solution = await inScratch((directory) =>
    solve({
      manifestText: editManifest(manifestText, tracked, MANIFEST),
      pins: pinsOf(packages),
      requested: pinsOf(packages.filter(({ requested }) => requested)),
      packs: changes.filter(({ after }) => after?.enabled).map(({ id }) => id),
    }, trialOf(uv, directory, python.path))
  );
  world.checkpoints.reach("takeover:solved");
  return {
    manifestText: solution.manifestText,
    lockText: solution.lockText,
    comfyui,
    python: python.version,
    made,
    files: new Map(workflows.map(({ file, content }) => [file, content])),
    findings: [
      ...takeover.findings,
      tools.python === undefined
        ? tellPython(takeover.python, python.version)
        : { ...PYTHON, certainty: "exact", message: `${tools.python} was asked for` },
      tellTorch(takeover.torchBackend, torch),
      ...findings,
      ...solution.muted.map((id): TakeoverFinding => ({
        part: "packages",
        certainty: "dropped",
        subject: id,
        message: "What this node pack asks for excludes what others ask for, and is left out",
      })),
      ...tellPackages(packages, readLockPackages(solution.lockText)),
    ],
  };
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

const PYTHON = { part: "python", subject: "Python" } as const;
const TORCH = { part: "torch", subject: "PyTorch" } as const;

function tellPython(before: string | undefined, now: string): TakeoverFinding {
  if (before === undefined) {
    const message = `Nobody says which Python it was; ${now} is taken`;
    return { ...PYTHON, certainty: "guessed", message };
  }
  if (before === now || before.startsWith(`${now}.`)) {
    return { ...PYTHON, certainty: "exact", message: `It is ${now}` };
  }
  const message = `This ComfyUI does not go with ${before}; it becomes ${now}`;
  return { ...PYTHON, certainty: "guessed", message };
}

function tellTorch(before: string | undefined, now: string): TakeoverFinding {
  return before === undefined
    ? {
      ...TORCH,
      certainty: "guessed",
      message: `Nobody says which build of PyTorch it was; ${now} suits this machine`,
    }
    : { ...TORCH, certainty: "exact", message: `It is the build for ${now}` };
}

async function inScratch<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
  const scratch = await Deno.makeTempDir({ prefix: "comfydock-takeover-" }).catch((error) => {
    throw fileError("Cannot create", "a scratch directory", error);
  });
  try {
    return await work(join(scratch, "project"));
  } finally {
    await removeTree(scratch);
  }
}
