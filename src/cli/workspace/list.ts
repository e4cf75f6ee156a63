import { alignColumns, type Outcome, type Style } from "../../output/mod.ts";
import { environmentLayout, listEnvironments, openWorkspace } from "../../workspace/reading/mod.ts";
import type { CommandContext, CommandInput } from "../types.ts";

/** What `list` tells. */
export interface ListData {
  readonly workspace: string;
  readonly environments: readonly ListedEnvironment[];
}

/** One environment of a workspace. */
export interface ListedEnvironment {
  readonly name: string;
  readonly active: boolean;
  readonly path: string;
}

/** Lists the environments of the workspace. */
export async function run(
  _input: CommandInput,
  { options }: CommandContext,
): Promise<Outcome<ListData>> {
  const { layout, facts } = await openWorkspace(options.workspace);
  const environments = (await listEnvironments(layout)).map((name) => ({
    name,
    active: name === facts.activeEnvironment,
    path: environmentLayout(layout, name).root,
  }));
  return { data: { workspace: layout.root, environments } };
}

/** A line an environment, the active one marked. */
export function view({ workspace, environments }: ListData, style: Style): string[] {
  if (environments.length === 0) {
    return [`There are no environments in ${workspace}`, "Next: comfydock create my-env --use"];
  }
  return alignColumns(
    environments.map(({ name, active, path }) => [
      active ? style.green("*") : " ",
      active ? style.bold(name) : name,
      style.dim(path),
    ]),
    { gap: 1 },
  );
}
