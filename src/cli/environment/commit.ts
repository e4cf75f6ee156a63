import { commitEnvironment, uncommitted } from "../../environment/history/mod.ts";
import type { Outcome, Style } from "../../output/mod.ts";
import type { CommandContext, InputOf } from "../types.ts";
import type { commitOptions } from "./options.ts";
import { commandEnvironment } from "./world.ts";

/** What `commit` tells. */
export interface CommitData {
  readonly dry_run: boolean;
  readonly commit: string | null;
  readonly message: string;
  readonly paths: readonly string[];
}

/** Commits the changes of an environment. */
export async function run(
  { options: { message }, dryRun }: InputOf<typeof commitOptions>,
  context: CommandContext,
): Promise<Outcome<CommitData>> {
  const { world } = await commandEnvironment(context);
  if (dryRun) {
    const paths = (await uncommitted(world)).map(({ path }) => path);
    return { data: { dry_run: true, commit: null, message, paths } };
  }
  return { data: { dry_run: false, message, ...await commitEnvironment(world, message) } };
}

/** The commit and its files. */
export function view({ commit, message, paths }: CommitData, style: Style): string[] {
  const title = commit === null
    ? "Would commit"
    : `${style.green("Committed")} ${commit.slice(0, 8)}`;
  return [`${title}: ${message}`, ...paths.map((path) => `  ${path}`)];
}
