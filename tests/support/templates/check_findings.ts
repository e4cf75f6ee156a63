import { fail, match, ok } from "node:assert/strict";
import { type Finding, openRepository, workingFiles } from "../../../src/templates/mod.ts";
import {
  type CheckArea,
  type CheckFacts,
  checkTemplates,
  type FactsOptions,
  readCheckFacts,
} from "../../../src/templates/checks/mod.ts";
import { openDigests } from "../../../src/templates/digests/mod.ts";
import { templateRepository } from "../template_repository.ts";
import type { TemplateFixture, TemplateLayout } from "../template_repository.ts";

/** Reads the facts of a fixture, without any cache. */
export async function factsOf(
  { root }: Pick<TemplateFixture, "root">,
  options: FactsOptions = {},
): Promise<CheckFacts> {
  const digests = await openDigests(root, { cache: false });
  return await readCheckFacts(await openRepository(workingFiles(root)), digests, options);
}

/** Checks a fixture. */
export async function findingsOf(
  fixture: Pick<TemplateFixture, "root">,
  area?: CheckArea,
  options: FactsOptions = {},
): Promise<readonly Finding[]> {
  return checkTemplates(await factsOf(fixture, options), area);
}

/** Makes a repository without history, changes it, and checks it. */
export async function findingsAfter(
  change: (fixture: TemplateFixture) => Promise<void>,
  { layout = "seed", ...rest }: { layout?: TemplateLayout; area?: CheckArea } & FactsOptions = {},
): Promise<readonly Finding[]> {
  await using fixture = await templateRepository(layout, { git: false });
  await change(fixture);
  const { area, ...options } = rest;
  return await findingsOf(fixture, area, options);
}

/** What a finding has to say. */
export interface ExpectedFinding {
  readonly file?: string;
  readonly line?: number;
  readonly path?: string;
  readonly message?: RegExp;
  readonly hint?: RegExp;
}

/** Gives the one finding of a code, which must have a place and a hint; fails when there is none or more. */
export function only(
  findings: readonly Finding[],
  code: string,
  { file, line, path, message, hint }: ExpectedFinding = {},
): Finding {
  const found = findings.filter((one) =>
    one.code === code && (file === undefined || one.file === file)
  );
  const [first, second] = found;
  if (!first || second) {
    fail(`${found.length} findings ${code}: ${JSON.stringify(second ? found : findings, null, 1)}`);
  }
  if (line !== undefined) ok(first.line === line, `line ${first.line}, not ${line}`);
  if (path !== undefined) ok(first.path === path, `path ${first.path}, not ${path}`);
  if (message) match(first.message, message);
  match(first.hint ?? "", hint ?? /\S/, `${code} has no hint that fits: ${first.hint}`);
  match(first.message, /^[^a-z].*[^.]$/s, "upper-case start, no full stop");
  return first;
}
