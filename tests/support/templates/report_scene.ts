import {
  type CheckFacts,
  checkTemplates,
  readCheckFacts,
} from "../../../src/templates/checks/mod.ts";
import { type Digests, openDigests } from "../../../src/templates/digests/mod.ts";
import { type Finding, openRepository, workingFiles } from "../../../src/templates/mod.ts";

/** What reports are made from. */
export interface ReportScene {
  readonly facts: CheckFacts;
  readonly digests: Digests;
  readonly findings: readonly Finding[];
}

/** Reads a repository for reports, without a cache. */
export async function reportScene(root: string): Promise<ReportScene> {
  const repository = await openRepository(workingFiles(root));
  const digests = await openDigests(root, { cache: false });
  const facts = await readCheckFacts(repository, digests);
  return { facts, digests, findings: checkTemplates(facts) };
}
