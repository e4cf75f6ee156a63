import { join } from "node:path";
import type { FitPack, FitProject, TrialResolver } from "../../src/nodes/mod.ts";
import {
  editManifest,
  nodeGroupName,
  readTorchBackends,
  setGroup,
} from "../../src/pyproject/mod.ts";
import { createRunner, createUv } from "../../src/tools/mod.ts";
import { cacheDirectory } from "./built_binary.ts";
import { pythonProgram } from "./python_program.ts";
import { realToolVariables } from "./real_tools.ts";
import { uvProgram } from "./uv_program.ts";
import { type WheelDefinition, writeWheel } from "./wheels.ts";

/** What a test says about a project. */
export interface FitProjectChoices {
  /** The environment's own requirements. */
  readonly dependencies?: readonly string[];
  /** Lines of each pack's `requirements.txt`. */
  readonly packs: Readonly<Record<string, readonly string[]>>;
  /** The only packages there are; without them the real index is asked. */
  readonly wheels?: readonly WheelDefinition[];
  /** What the environment's requirements were when it was locked, before the packs came. */
  readonly lockedAs?: readonly string[];
}

/** A project for trials, and the resolver of the real uv, which counts. */
export interface FitFixture {
  readonly project: FitProject;
  readonly resolve: TrialResolver;
  /** How many resolutions there were. */
  readonly trials: () => number;
}

/** Runs a test on a project that real packs with real requirements have. */
export async function withFitProject(
  { dependencies = [], packs, wheels, lockedAs }: FitProjectChoices,
  work: (fixture: FitFixture) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    const directory = join(root, "project");
    await Deno.mkdir(directory);
    const house = join(root, "wheels");
    for (const wheel of wheels ?? []) await writeWheel(house, wheel);
    const uv = createUv(createRunner({ env: await realToolVariables() }), {
      program: await uvProgram(),
      cacheDirectory: wheels ? join(root, "cache") : join(cacheDirectory, "uv-cache"),
      pythonDirectory: join(root, "python"),
      owners: new Map([["", { title: "ComfyUI", file: "ComfyUI/requirements.txt" }]]),
    });
    const python = await pythonProgram();
    let count = 0;
    const resolve: TrialResolver = (manifest, lock) => {
      count++;
      return uv.tryResolution({ directory, manifest, lock, python });
    };
    const path = join(directory, "pyproject.toml");
    const bare = bareManifest(dependencies, wheels && house);
    const own = Object.entries(packs).map(([id, lines]): FitPack => ({
      id,
      name: `Pack ${id.toUpperCase()}`,
      requirements: lines.map((requirement, at) => ({
        requirement,
        file: "requirements.txt",
        line: at + 1,
      })),
    }));
    const edits = Object.entries(packs).map(([id, lines]) => setGroup(nodeGroupName(id), lines));
    const lockText = lockedAs && await resolve(bareManifest(lockedAs, wheels && house));
    count = 0;
    const project: FitProject = {
      manifestText: editManifest(bare, edits, path),
      path,
      lockText,
      packs: own,
      torch: await readTorchBackends(),
    };
    await work({ project, resolve, trials: () => count });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

function bareManifest(dependencies: readonly string[], house: string | undefined): string {
  return [
    "[project]",
    'name = "demo"',
    'version = "0.1.0"',
    'requires-python = ">=3.11"',
    `dependencies = ${JSON.stringify(dependencies)}`,
    "",
    "[tool.uv]",
    'default-groups = "all"',
    ...(house === undefined ? [] : [
      "",
      "[[tool.uv.index]]",
      `url = ${JSON.stringify(house)}`,
      'format = "flat"',
      "default = true",
    ]),
    "",
  ].join("\n");
}
