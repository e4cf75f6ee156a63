import { choosePython, readSupportedPython } from "../../comfyui/mod.ts";
import { findUv, readUvPin } from "../../tools/mod.ts";
import { detectTorchBackend } from "../../torch/mod.ts";
import { readManifest } from "../../pyproject/mod.ts";
import { environmentLayout, listEnvironments } from "../../workspace/reading/mod.ts";
import { toFinding } from "./to_finding.ts";
import type { DoctorWorld, Finding } from "./types.ts";

/** Looks for git. */
export async function checkGit({ git }: DoctorWorld): Promise<readonly Finding[]> {
  try {
    const version = (await git.version()).join(".");
    return [{ check: "git", severity: "ok", message: `git ${version}` }];
  } catch (error) {
    return [toFinding("git", error)];
  }
}

/** Looks for uv and for a Python that ComfyUI supports. */
export async function checkUv(world: DoctorWorld): Promise<readonly Finding[]> {
  const { runner, env, workspace, uvPath, signal, offline } = world;
  const pin = await readUvPin();
  const { found, tooOld } = await findUv(runner, { env, directory: workspace.uvBin, pin, signal });
  if (uvPath === undefined && !found) {
    const old = tooOld[0];
    const why = old ? `; ${old.program} is ${old.version}, older than ${pin.minimum}` : "";
    return [{
      check: "uv",
      severity: offline ? "error" : "warning",
      message: `uv is not installed${why}`,
      hint:
        `comfydock fetches uv ${pin.version} when it first needs it, or now with comfydock doctor --fix`,
      fix: { kind: "uv" },
    }];
  }
  try {
    const uv = await world.uv({ offline: true });
    const version = await uv.version();
    const where = uvPath ?? found?.program ?? "";
    const python = choosePython(await uv.pythons(), await readSupportedPython());
    return [
      { check: "uv", severity: "ok", message: `uv ${version}, ${where}` },
      python.installed
        ? {
          check: "python",
          severity: "ok",
          message: `Python ${python.installed.version}, ${python.installed.path}`,
        }
        : {
          check: "python",
          severity: offline ? "error" : "warning",
          message: "No Python that ComfyUI supports is installed",
          hint: `uv fetches Python ${python.version} when an environment is created`,
        },
    ];
  } catch (error) {
    return [toFinding("uv", error)];
  }
}

/** Asks the drivers which PyTorch suits this machine, and compares the environments with that. */
export async function checkTorch(world: DoctorWorld): Promise<readonly Finding[]> {
  const { runner, env, signal } = world;
  try {
    const { backend, evidence } = await detectTorchBackend(runner, { env, signal });
    const why = evidence.map(({ source, finding }) => `${source}: ${finding}`).join("; ");
    const message = `PyTorch for this machine is ${backend} (${why})`;
    return [
      { check: "torch", severity: "ok", message },
      ...await otherBackends(world, backend),
    ];
  } catch (error) {
    return [toFinding("torch", error)];
  }
}

/** Environments whose PyTorch needs a GPU of another maker than this machine's. */
async function otherBackends(
  { workspace }: DoctorWorld,
  backend: string,
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const name of await listEnvironments(workspace)) {
    const { manifest } = environmentLayout(workspace, name);
    const wanted = await torchBackendOf(manifest);
    if (wanted === undefined || ["none", "cpu"].includes(wanted)) continue;
    if (familyOf(wanted) === familyOf(backend)) continue;
    found.push({
      check: "torch",
      severity: "warning",
      message: `${name} has PyTorch for ${wanted}, which this machine's drivers cannot run`,
      hint: `Run comfydock torch set ${backend} --env ${name}`,
    });
  }
  return found;
}

async function torchBackendOf(path: string): Promise<string | undefined> {
  try {
    return readManifest(await Deno.readTextFile(path), path).environment.torchBackend;
  } catch {
    // What is wrong with a manifest is told by the look at the environments.
    return undefined;
  }
}

function familyOf(backend: string): string {
  return backend.replace(/[\d.]+$/, "");
}
