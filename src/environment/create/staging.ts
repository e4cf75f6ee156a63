import { join } from "node:path";
import { ComfydockError } from "../../base/mod.ts";
import { type EnvironmentLayout, lookAt, workspaceErrors } from "../../workspace/mod.ts";
import type { EnvironmentWorld } from "../types.ts";

/**
 * Sees that nothing lies where a new environment will be.
 *
 * @throws `ENVIRONMENT_EXISTS`
 */
export async function refuseForeign({ root, name }: EnvironmentLayout): Promise<void> {
  if (!await lookAt(root)) return;
  throw new ComfydockError(
    workspaceErrors.ENVIRONMENT_EXISTS,
    `Cannot create the environment "${name}": "${root}" exists`,
    { hint: `Choose another name, or move "${root}" away`, details: { name, path: root } },
  );
}

/** The layout of an environment that is being built elsewhere. */
export function layoutAt(environment: EnvironmentLayout, root: string): EnvironmentLayout {
  const entries = Object.entries(environment).map(([key, path]: [string, string]) => [
    key,
    path.startsWith(environment.root) ? join(root, path.slice(environment.root.length)) : path,
  ]);
  return { ...environment, ...Object.fromEntries(entries) };
}

/** Tells which phase has begun; the one before has then ended, and so has the last when nothing is named. */
export function phases({ report }: EnvironmentWorld): (label: string | undefined) => void {
  let open: string | undefined;
  return (label) => {
    if (open !== undefined) report.emit({ kind: "finished", id: open });
    open = label;
    if (label !== undefined) report.emit({ kind: "started", id: label, label });
  };
}
