import { baseErrors, ComfydockError } from "../../base/mod.ts";
import type { ResolveNode } from "../../environment/nodes/mod.ts";
import { readEnvironmentState } from "../../environment/world/mod.ts";
import { openAnswerCache } from "../../http/answers/mod.ts";
import {
  createPackageReader,
  type ListedVersion,
  openNodeIndex,
  type PackageReader,
  parseNodeReference,
  resolveReference,
  type TargetPlatform,
  type WorkspaceNodeIndex,
} from "../../nodes/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import { configValue } from "../../workspace/reading/mod.ts";
import type { OpenedEnvironment } from "../environment/mod.ts";
import { nodeIndexOptions } from "../node_index/mod.ts";
import type { Session } from "../types.ts";
import { readConfig, shippedDefaults } from "../workspace/mod.ts";

const RETRIES = 2;

/** What node packs are looked up with. */
export interface NodeResolver {
  readonly resolve: ResolveNode;
  /** The live versions of a pack, the newest first, with what the registry says that they ask for. */
  versionsOf(id: string): Promise<readonly ListedVersion[]>;
}

/** How up to date answers must be. */
export interface ResolverOptions {
  /** Asks the registry again, also where a kept answer would do. */
  readonly fresh?: boolean;
  /** What versions have to fit; by default what the manifest of the environment says. */
  readonly target?: Omit<TargetPlatform, "os">;
}

interface Opened extends Disposable {
  readonly index: WorkspaceNodeIndex;
  readonly packages: PackageReader;
}

/**
 * Does a piece of work that may look node packs up; index and kept answers are opened when they are first needed.
 *
 * Choices that are made for the user are told as warnings.
 */
export async function withNodeResolver<Result>(
  session: Session,
  place: OpenedEnvironment,
  work: (resolver: NodeResolver) => Promise<Result>,
  options: ResolverOptions = {},
): Promise<Result> {
  let opened: Promise<Opened> | undefined;
  const open = () => opened ??= openAround(session, place, options);
  const { world } = place;
  const warn = (code: string, message: string) =>
    session.report.emit({ kind: "warned", code, message });
  let state: ReturnType<typeof readEnvironmentState> | undefined;
  const resolve: ResolveNode = async (named, { git, dev } = {}) => {
    const { index, packages } = await open();
    const wanted = options.target ??
      targetOf((await (state ??= readEnvironmentState(world))).manifest);
    const reference = parseNodeReference(named, { git, dev, isDirectory });
    const { target, notices } = await resolveReference(
      {
        ...world,
        index,
        packages,
        cwd: Deno.cwd(),
        home: world.env.HOME ?? world.env.USERPROFILE,
        platform: { os: Deno.build.os, ...wanted },
      },
      reference,
      { git, dev },
    );
    for (const { code, message } of notices) warn(code, message);
    return target;
  };
  const versionsOf = async (id: string) => {
    const facts = await (await open()).packages.read(id).catch((error) => {
      // Who is told of a conflict shall hear of it without any help, too.
      if (!(error instanceof ComfydockError) || error.code === baseErrors.INTERRUPTED.code) {
        throw error;
      }
      warn(
        "NODE_VERSIONS_UNKNOWN",
        `Other versions of ${id} are not known: ${error.message}`,
      );
      return undefined;
    });
    return (facts?.versions ?? []).filter(({ live }) => live)
      .map(({ version, dependencies }) => ({ version, requirements: dependencies }));
  };
  try {
    return await work({ resolve, versionsOf });
  } finally {
    const last = await opened?.catch(() => undefined);
    last?.[Symbol.dispose]();
  }
}

function targetOf({ environment }: Manifest): Omit<TargetPlatform, "os"> {
  const { torchBackend, comfyuiRefType, comfyuiVersion } = environment;
  return {
    torchBackend,
    comfyuiVersion: comfyuiRefType === "release" ? comfyuiVersion : undefined,
  };
}

async function openAround(
  session: Session,
  { workspace }: OpenedEnvironment,
  { fresh = false }: ResolverOptions,
): Promise<Opened> {
  const { report, signal, clock } = session;
  const config = await readConfig(session, workspace, { defaults: await shippedDefaults() });
  const registryUrl = String(configValue(config, "registry_url"));
  const index = await openNodeIndex(await nodeIndexOptions(session, workspace, config));
  const answers = openAnswerCache(workspace.layout.apiCache, { report, clock });
  const http = () => session.http({ retries: RETRIES });
  const maxAgeMs = fresh ? 0 : undefined;
  return {
    index,
    packages: createPackageReader({ index, registryUrl, answers, maxAgeMs, http, report, signal }),
    [Symbol.dispose]() {
      answers[Symbol.dispose]();
      index.close();
    },
  };
}

function isDirectory(text: string): boolean {
  try {
    return Deno.statSync(text).isDirectory;
  } catch {
    // A name that no file can have is none of a directory either.
    return false;
  }
}
