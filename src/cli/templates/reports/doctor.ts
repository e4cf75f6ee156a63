import { join } from "node:path";
import { baseErrors, isKind, readTextBounded } from "../../../base/mod.ts";
import { alignColumns, type Outcome, type Style } from "../../../output/mod.ts";
import { type Examination, examine } from "../../../templates/doctor/mod.ts";
import { createRunner, type Git } from "../../../tools/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { repositoryGit } from "../access.ts";
import { readNamedFacts } from "../check/facts.ts";
import type { doctorOptions } from "./options.ts";

/** What `templates doctor` found. */
export interface TemplatesDoctorData {
  readonly root: string;
  readonly checks: readonly {
    readonly name: string;
    readonly state: Examination["state"];
    readonly message: string;
    readonly hint: string | null;
  }[];
}

const MAX_HOOK_BYTES = 1024 ** 2;

/** Looks whether machine and repository are ready. */
export async function run(
  { options }: InputOf<typeof doctorOptions>,
  context: CommandContext,
): Promise<Outcome<TemplatesDoctorData>> {
  const { root, facts } = await readNamedFacts(options, context);
  const git = repositoryGit(context);
  const runner = createRunner({ env: context.env });
  const hook = await readHook(git, root);
  const found = await examine({ root, facts, git, runner, hook });
  return {
    data: { root, checks: found.map((one) => ({ ...one, hint: one.hint ?? null })) },
    exit: found.some(({ state }) => state === "error") ? 1 : 0,
  };
}

async function readHook(git: Git, root: string): Promise<string | undefined> {
  if (!await git.place(root)) return undefined;
  try {
    return await readTextBounded(
      join(await git.hooksDirectory(root), "pre-commit"),
      MAX_HOOK_BYTES,
    );
  } catch (error) {
    if (isKind(error, baseErrors.FILE_NOT_FOUND)) return undefined;
    throw error;
  }
}

/** A line for each thing, and what helps. */
export function view({ checks }: TemplatesDoctorData, style: Style): readonly string[] {
  const marks = {
    ok: style.green("ok"),
    warning: style.yellow("warning"),
    error: style.red("error"),
  };
  const hints = checks.flatMap(({ name, hint }) =>
    hint === null ? [] : [style.dim(`${name}: ${hint}`)]
  );
  return [
    ...alignColumns(checks.map(({ name, state, message }) => [marks[state], name, message])),
    ...hints,
  ];
}
