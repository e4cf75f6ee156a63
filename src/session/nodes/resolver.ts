import { baseErrors, ComfydockError } from "../../base/mod.ts";
import type { ResolveNode } from "../../environment/nodes/mod.ts";
import { readEnvironmentState } from "../../environment/world/mod.ts";
import {
  type ListedVersion,
  parseNodeReference,
  resolveReference,
  type TargetPlatform,
} from "../../nodes/mod.ts";
import type { Manifest } from "../../pyproject/mod.ts";
import type { OpenedEnvironment } from "../environment/mod.ts";
import type { Session } from "../types.ts";
import { openPackages, type Packages, type PackagesOptions } from "./packages.ts";

/** What node packs are looked up with. */
export interface NodeResolver {
  readonly resolve: ResolveNode;
  /** The live versions of a pack, the newest first, with what the registry says that they ask for. */
  versionsOf(id: string): Promise<readonly ListedVersion[]>;
}

/** How up to date answers must be, and what versions have to fit. */
export interface ResolverOptions extends PackagesOptions {
  /** What versions have to fit; by default what the manifest of the environment says. */
  readonly target?: Omit<TargetPlatform, "os">;
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
  let opened: Promise<Packages> | undefined;
  const open = () => opened ??= openPackages(session, place.workspace, options);
  const { world } = place;
  const warn = (code: string, message: string) =>
    session.report.emit({ kind: "warned", code, message });
  let state: ReturnType<typeof readEnvironmentState> | undefined;
  const resolve: ResolveNode = async (named, { git, dev } = {}) => {
    const { index, reader } = await open();
    const wanted = options.target ??
      targetOf((await (state ??= readEnvironmentState(world))).manifest);
    const reference = parseNodeReference(named, { git, dev, isDirectory });
    const { target, notices } = await resolveReference(
      {
        ...world,
        index,
        packages: reader,
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
    const facts = await (await open()).reader.read(id).catch((error) => {
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

function isDirectory(text: string): boolean {
  try {
    return Deno.statSync(text).isDirectory;
  } catch {
    // A name that no file can have is none of a directory either.
    return false;
  }
}
