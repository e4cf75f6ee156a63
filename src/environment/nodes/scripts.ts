import { ComfydockError, isKind } from "../../base/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import { pythonEnvironment, toolErrors } from "../../tools/mod.ts";
import type { EnvironmentWorld } from "../types.ts";
import { venvPython } from "../venv/mod.ts";
import { nodeChangeErrors } from "./errors.ts";
import { surveyNodes } from "./survey.ts";
import type { NodeChange } from "./types.ts";

/** Silence after which an installation script counts as stuck, in milliseconds. */
const INACTIVITY_MS = 600_000;

/**
 * Runs the installation scripts of packs, each in the directory of its pack with the Python of the environment.
 *
 * @param changes Those whose entries say that their scripts are run.
 * @throws `NODE_SCRIPT_FAILED`, `TOOL_MISSING`, `INTERRUPTED`
 */
export async function runPackScripts(
  world: EnvironmentWorld,
  manifest: Pick<Manifest, "nodes">,
  changes: readonly NodeChange[],
): Promise<void> {
  const wanted = changes.filter(({ after, scripts }) =>
    after?.enabled && after.runScripts !== undefined && scripts.length > 0
  );
  if (wanted.length === 0) return;
  const ids = new Set(wanted.map(({ id }) => id));
  const { nodes } = await surveyNodes(world, manifest, { ids });
  for (const { id, scripts } of wanted) {
    const path = nodes.find(({ node }) => node.id === id)?.path;
    for (const script of path === undefined ? [] : scripts) {
      await runScript(world, { id, script, cwd: path! });
    }
  }
}

async function runScript(
  { runner, environment: { venv }, env, signal, report }: EnvironmentWorld,
  { id, script, cwd }: { readonly id: string; readonly script: string; readonly cwd: string },
): Promise<void> {
  const phase = `script-${id}`;
  report.emit({ kind: "started", id: phase, label: `Running ${script} of ${id}` });
  try {
    await runner.run(
      { program: venvPython(venv), args: ["-s", script], cwd, env: pythonEnvironment(env, venv) },
      {
        signal,
        inactivityMs: INACTIVITY_MS,
        onLine: ({ text }) =>
          report.emit({ kind: "logged", level: "INFO", message: `${id}: ${text}` }),
      },
    );
  } catch (error) {
    if (!isKind(error, toolErrors.TOOL_FAILED) && !isKind(error, toolErrors.TOOL_TIMEOUT)) {
      throw error;
    }
    throw new ComfydockError(
      nodeChangeErrors.NODE_SCRIPT_FAILED,
      `Cannot install the node pack ${id}: its ${script} failed`,
      {
        hint: "Leave out --run-scripts to install it without; -v shows what the script wrote",
        details: { id, script },
        cause: error,
      },
    );
  } finally {
    report.emit({ kind: "finished", id: phase });
  }
}
