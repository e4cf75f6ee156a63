import { join } from "node:path";
import {
  baseErrors,
  ComfydockError,
  fileError,
  isKind,
  readTextBounded,
  VERSION,
  writeFileAtomic,
} from "../../../base/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import { templateErrors } from "../../../templates/mod.ts";
import { planHook, planReadyFiles, readyFiles } from "../../../templates/hooks/mod.ts";
import type { Git } from "../../../tools/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { openNamedRepository, repositoryGit, writeChanges } from "../access.ts";
import type { installOptions } from "./options.ts";

/** What `templates hook install` did, or would do. */
export interface HookInstallData {
  readonly dry_run: boolean;
  /** Absolute path of the hook. */
  readonly hook: string;
  /** Whether the hook was not there yet. */
  readonly hook_written: boolean;
  /** Files of the repository that were written. */
  readonly written: readonly string[];
  /** Files that are there and differ; they stay. */
  readonly kept: readonly string[];
}

const MAX_HOOK_BYTES = 1024 ** 2;

/** Installs the hook, and the files for GitHub when asked for. */
export async function run(
  { options, dryRun }: InputOf<typeof installOptions>,
  context: CommandContext,
): Promise<Outcome<HookInstallData>> {
  const { root, repository } = await openNamedRepository(options, context);
  const git = repositoryGit(context);
  if (!await git.place(root)) throw noGit(root);
  const hook = join(await git.hooksDirectory(root), "pre-commit");
  const text = planHook(await readIfThere(hook));
  const { branch, workflows, replace } = options;
  const ready = workflows ? await readyFiles(repository, { version: VERSION, branch }) : [];
  let plan = await planReadyFiles(repository.files, ready);
  if (replace && plan.kept.length > 0) {
    await requireCommitted(git, root, plan.kept);
    plan = await planReadyFiles(repository.files, ready, new Set(plan.kept));
  }
  if (!dryRun) {
    await writeChanges(root, plan.changes, context);
    if (text !== undefined) await writeHook(hook, text);
  }
  for (const path of plan.kept) {
    context.warn("FILE_KEPT", `${path} is another one already, and stays; --replace replaces it`);
  }
  return {
    data: {
      dry_run: dryRun,
      hook,
      hook_written: text !== undefined,
      written: plan.changes.map(({ path }) => path),
      kept: plan.kept,
    },
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readTextBounded(path, MAX_HOOK_BYTES);
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return undefined;
    throw error;
  }
}

async function writeHook(path: string, text: string): Promise<void> {
  await writeFileAtomic(path, text);
  if (Deno.build.os === "windows") return;
  try {
    await Deno.chmod(path, 0o755);
  } catch (error) {
    throw fileError("Cannot make executable", path, error);
  }
}

/** Lets only files pass that git can give back. */
async function requireCommitted(git: Git, root: string, paths: readonly string[]): Promise<void> {
  const tracked = new Set(await git.trackedFiles(root));
  const edited = new Set((await git.status(root)).entries.map(({ path }) => path));
  const lost = paths.find((path) => !tracked.has(path) || edited.has(path));
  if (lost === undefined) return;
  throw new ComfydockError(
    templateErrors.E_UNCOMMITTED,
    `Cannot replace "${lost}": what it holds is not committed`,
    { hint: "Commit the file first, or move it away" },
  );
}

function noGit(root: string): ComfydockError {
  return new ComfydockError(
    templateErrors.E_NO_GIT,
    `Cannot install a hook in "${root}": it is not under git`,
    { hint: "Run `git init` first" },
  );
}

/** The hook, files, and what they need on GitHub. */
export function view(
  { dry_run, hook, hook_written, written, kept }: HookInstallData,
  style: Style,
): readonly string[] {
  const verb = dry_run ? "would write" : "write";
  return [
    hook_written ? `${style.green(verb)} ${hook}` : `The hook is in place: ${hook}`,
    ...written.map((path) => `${style.green(verb)} ${path}`),
    ...written.length + kept.length === 0 ? [] : [
      style.dim(
        "Set the variable COMFYDOCK_FROM of the repository to where comfydock is published",
      ),
      style.dim("Make the publishing workflow a trusted publisher of each package on the index"),
    ],
  ];
}
