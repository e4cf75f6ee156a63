import { join } from "node:path";
import { readTextBounded } from "../../base/mod.ts";
import { MAX_MANIFEST_BYTES, readManifest } from "../../pyproject/mod.ts";
import {
  type EnvironmentLayout,
  environmentLayout,
  listEnvironments,
  lookAt,
} from "../../workspace/mod.ts";
import { readInstalled } from "../venv/mod.ts";
import { areModelsElsewhere } from "./links.ts";
import { toFinding } from "./to_finding.ts";
import type { DoctorWorld, Finding } from "./types.ts";

/** Looks at each environment: manifest, interpreter, models. */
export async function checkEnvironments(world: DoctorWorld): Promise<readonly Finding[]> {
  const { workspace } = world;
  const names = await listEnvironments(workspace);
  const found = await Promise.all(
    names.map((name) => checkEnvironment(world, environmentLayout(workspace, name))),
  );
  const strangers: Finding[] = [];
  for await (const { name, isFile } of Deno.readDir(workspace.environments)) {
    if (isFile || names.includes(name)) continue;
    strangers.push({
      check: "environments",
      severity: "warning",
      message: `"${
        join(workspace.environments, name)
      }" is no environment: it has no .cec/pyproject.toml`,
      hint: "Run comfydock trash list to look for the rest of it, or move it elsewhere",
    });
  }
  const all = [...found.flat(), ...strangers];
  if (all.length > 0) return all;
  return [{
    check: "environments",
    severity: "ok",
    message: names.length === 0 ? "There are none yet" : names.join(", "),
  }];
}

async function checkEnvironment(
  { models }: DoctorWorld,
  { name, manifest, venv, comfyui }: EnvironmentLayout,
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const repair = `Run comfydock repair --env ${name}`;
  try {
    readManifest(await readTextBounded(manifest, MAX_MANIFEST_BYTES), manifest);
    if (await lookAt(venv) && await readInstalled(venv) === undefined) {
      found.push({
        check: "environments",
        severity: "error",
        message: `The Python of ${name} is gone`,
        hint: repair,
      });
    }
    if (await areModelsElsewhere(models, comfyui)) {
      found.push({
        check: "links",
        severity: "warning",
        message: `The models of ${name} are not those in "${models}"`,
        hint: `Run comfydock doctor --fix, or comfydock repair --env ${name}`,
        fix: { kind: "link", environment: name },
      });
    }
  } catch (error) {
    found.push(toFinding("environments", error));
  }
  return found;
}
