import { isKind } from "../../base/mod.ts";
import { openAnswerCache } from "../../http/answers/mod.ts";
import {
  createPackageReader,
  nodeErrors,
  type NodeIndexOptions,
  openNodeIndex,
  type PackageFacts,
  type PackageFinding,
  type PackageReader,
  validatePackage,
  type WorkspaceNodeIndex,
} from "../../nodes/mod.ts";
import { configValue, type Workspace } from "../../workspace/reading/mod.ts";
import { nodeIndexOptions } from "../node_index/mod.ts";
import type { Session } from "../types.ts";
import { readConfig, shippedDefaults } from "../workspace/mod.ts";

const RETRIES = 2;

/** The node index and what the registry says, kept answers included. */
export interface Packages extends Disposable {
  readonly index: WorkspaceNodeIndex;
  readonly reader: PackageReader;
}

/** How up to date answers must be. */
export interface PackagesOptions {
  /** Asks the registry again, also where a kept answer would do. */
  readonly fresh?: boolean;
}

/** Opens node index and registry; without a workspace nothing is kept. */
export async function openPackages(
  session: Session,
  workspace: Workspace | undefined,
  { fresh = false }: PackagesOptions = {},
): Promise<Packages> {
  const { report, signal, clock } = session;
  const config = await readConfig(session, workspace, { defaults: await shippedDefaults() });
  const registryUrl = String(configValue(config, "registry_url"));
  const options: NodeIndexOptions = await nodeIndexOptions(session, workspace, config);
  const index = await openNodeIndex(options);
  const answers = openAnswerCache(workspace?.layout.apiCache ?? ":memory:", { report, clock });
  const http = () => session.http({ retries: RETRIES });
  const maxAgeMs = fresh ? 0 : undefined;
  return {
    index,
    reader: createPackageReader({ index, registryUrl, answers, maxAgeMs, http, report, signal }),
    [Symbol.dispose]() {
      answers[Symbol.dispose]();
      index.close();
    },
  };
}

/** Does a piece of work with node index and registry; once more, when the index turns out to be damaged. */
export async function withPackages<Result>(
  session: Session,
  workspace: Workspace | undefined,
  work: (packages: Packages) => Promise<Result>,
): Promise<Result> {
  try {
    using packages = await openPackages(session, workspace);
    return await work(packages);
  } catch (error) {
    if (!isKind(error, nodeErrors.NODE_INDEX_DAMAGED)) throw error;
    using packages = await openPackages(session, workspace);
    return await work(packages);
  }
}

/**
 * Checks a pack as it would be installed here, its archive fetched and read.
 *
 * @param wanted The only version that counts; by default all do.
 * @param classes The pack's class names, as far as they are known.
 * @throws `INTERRUPTED`, `FILE_UNWRITABLE`, `DISK_FULL`; all else is a finding.
 */
export async function checkPackage(
  session: Session,
  workspace: Workspace | undefined,
  { facts, wanted, classes }: {
    readonly facts: PackageFacts;
    readonly wanted?: string;
    readonly classes: readonly string[];
  },
): Promise<readonly PackageFinding[]> {
  const versions = wanted === undefined
    ? facts.versions
    : facts.versions.filter(({ version }) => version === wanted);
  return await validatePackage({ ...facts, versions }, classes, {
    http: () => session.http({ retries: RETRIES }),
    downloads: workspace?.layout.downloads,
    platform: { os: Deno.build.os },
    signal: session.signal,
  });
}
