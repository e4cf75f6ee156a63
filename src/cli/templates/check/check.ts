import { ComfydockError, parseJsonText, readTextBounded } from "../../../base/mod.ts";
import type { Outcome, Style } from "../../../output/mod.ts";
import {
  countFindings,
  type Finding,
  type RepositoryFiles,
  revisionFiles,
  templateErrors,
} from "../../../templates/mod.ts";
import { changedSince, type CheckArea, checkTemplates } from "../../../templates/checks/mod.ts";
import { checkDocuments } from "../../../templates/documents/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { namedRoot, repositoryGit } from "../access.ts";
import { renderFindings } from "../findings_view.ts";
import { readNamedFacts } from "./facts.ts";
import type { checkOptions } from "./options.ts";

/** What `templates check` found. */
export interface CheckData {
  readonly root: string;
  /** The area that was asked for, or nothing for all. */
  readonly area: string | null;
  readonly errors: number;
  readonly warnings: number;
  /** Errors first. */
  readonly findings: readonly Finding[];
}

const MAX_LIST_BYTES = 64 * 1024 ** 2;

/** Checks the templates of a repository. */
export async function run(
  { options: { strict, committed, published, since, ...choice }, args: [area] }: InputOf<
    typeof checkOptions
  >,
  context: CommandContext,
): Promise<Outcome<CheckData>> {
  const top = await namedRoot(choice, context);
  const { root, facts } = await readNamedFacts(choice, context, {
    copies: area === "load",
    pictures: area === "duplicates",
    ...(since !== undefined && { changed: await changedSince(repositoryGit(context), top, since) }),
    ...(committed && { manifestFrom: await committedFiles(top, context) }),
    ...(published !== undefined && { published: await readPublished(published) }),
  });
  const findings = area === "docs"
    ? await checkDocuments(facts.repository)
    : checkTemplates(facts, area as CheckArea | undefined);
  const { errors, warnings } = countFindings(findings);
  return {
    data: { root, area: area ?? null, errors, warnings, findings },
    exit: errors > 0 || strict && warnings > 0 ? 1 : 0,
  };
}

async function committedFiles(root: string, context: CommandContext): Promise<RepositoryFiles> {
  const git = repositoryGit(context);
  if (await git.place(root)) return await revisionFiles(git, root, "HEAD");
  throw new ComfydockError(
    templateErrors.E_NO_GIT,
    `Cannot read what is committed in "${root}": it is not under git`,
    { hint: "Leave --committed out to check the files as they are" },
  );
}

/** Names of files, from a list in JSON or from lines; of paths and addresses the last part counts. */
async function readPublished(path: string): Promise<ReadonlySet<string>> {
  const text = await readTextBounded(path, MAX_LIST_BYTES);
  const isJson = /^\s*[[{]/.test(text);
  const value: unknown = isJson ? parseJsonText(text, path) : text.split(/\r?\n/);
  const list = Array.isArray(value) ? value : Object.values(value ?? {}).flat();
  const names = list.flatMap((item: unknown) =>
    typeof item === "string" && item.trim() !== "" ? [item.trim().replace(/^.*[/\\]/, "")] : []
  );
  return new Set(names);
}

/** The findings, or that there are none. */
export function view({ findings }: CheckData, style: Style): readonly string[] {
  return findings.length === 0 ? ["No findings"] : renderFindings(findings, style);
}
