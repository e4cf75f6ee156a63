import { isAbsolute } from "node:path";
import { ComfydockError, isKind } from "../base/mod.ts";
import { releaseTags, type RemoteRefs, resolveRef, toolErrors } from "../tools/mod.ts";
import { comfyuiErrors } from "./errors.ts";
import { lookAt } from "../workspace/disk/mod.ts";
import { type Mirror, withMirror } from "../workspace/mirrors/mod.ts";
import type { ComfyUISource, ComfyUIVersion, ComfyUIWorld } from "./types.ts";
import { isCommitLike, nearestNames, planVersion } from "./version_plan.ts";

/**
 * Finds out which commit a wanted version of ComfyUI is, and sees that the mirror holds it.
 *
 * The source is asked only for what moves (`latest`, branches) and for what the mirror does not have; offline the
 * mirror's word is taken, with a warning where it may be out of date.
 *
 * @param wanted `latest` (the newest release, pre-releases excluded), a release, a branch, or a full or short commit.
 * @throws `COMFYUI_VERSION_NOT_FOUND`, `COMFYUI_NOT_MIRRORED`, and git's errors such as `GIT_NETWORK`
 */
export function obtainComfyUI(
  world: ComfyUIWorld,
  source: ComfyUISource,
  wanted: string,
): Promise<ComfyUIVersion> {
  return withMirror(world, "comfyui", source, async (mirror) => {
    const offline = world.offline && !await isOnThisMachine(source);
    const own = await mirror.refs();
    const step = planVersion(own, wanted);
    if (step.kind === "known" && (!step.moving || offline)) {
      if (step.moving) warnOfAge(world, wanted, step.version);
      return step.version;
    }
    if (step.kind === "commit") {
      const commit = await mirror.find(step.id);
      if (commit !== undefined) return { kind: "commit", name: commit, commit };
    }
    if (offline) throw notMirrored(source, wanted, own);
    return await askSource(world, source, wanted, mirror);
  });
}

/** Whether the source can be asked without any network. */
async function isOnThisMachine({ url }: ComfyUISource): Promise<boolean> {
  return isAbsolute(url) && await lookAt(url) !== undefined;
}

async function askSource(
  { git, report }: ComfyUIWorld,
  source: ComfyUISource,
  wanted: string,
  mirror: Mirror,
): Promise<ComfyUIVersion> {
  const refs = await git.remoteRefs(source.url);
  const version = resolveRef(refs, wanted);
  if (!version && !isCommitLike(wanted)) throw notFound(source, wanted, refs);
  if (version && await mirror.find(version.commit) === version.commit) return version;
  const id = `comfyui-${source.mirror}`;
  report.emit({ kind: "started", id, label: `Fetching ComfyUI from ${source.publicUrl}` });
  try {
    await mirror.update(refs, version?.commit);
  } catch (error) {
    if (version?.kind !== "commit" || !isKind(error, toolErrors.GIT_REF_NOT_FOUND)) throw error;
    throw notFound(source, wanted, refs, error);
  } finally {
    report.emit({ kind: "finished", id });
  }
  if (version) return version;
  const commit = await mirror.find(wanted.toLowerCase());
  if (commit === undefined) throw notFound(source, wanted, refs);
  return { kind: "commit", name: commit, commit };
}

function warnOfAge({ report }: ComfyUIWorld, wanted: string, version: ComfyUIVersion): void {
  const what = wanted === "latest" ? "The latest ComfyUI" : `ComfyUI's branch ${wanted}`;
  report.emit({
    kind: "warned",
    code: comfyuiErrors.COMFYUI_NOT_MIRRORED.code,
    message: `${what} is as of the last fetch, ${version.name} at ${
      version.commit.slice(0, 8)
    }: the network is switched off`,
  });
}

function notMirrored(
  source: ComfyUISource,
  wanted: string,
  refs: RemoteRefs | undefined,
): ComfydockError {
  const releases = refs ? releaseTags(refs.tags).slice(0, 3).map(({ name }) => name) : [];
  const known = releases.length > 0 ? `, or take one that is here: ${releases.join(", ")}` : "";
  return new ComfydockError(
    comfyuiErrors.COMFYUI_NOT_MIRRORED,
    `Cannot get ComfyUI ${wanted} from ${source.publicUrl}: it is not on this machine`,
    {
      hint: `Run the same command once without --offline${known}`,
      details: { wanted, source: source.publicUrl, releases },
    },
  );
}

function notFound(
  source: ComfyUISource,
  wanted: string,
  { tags, branches }: RemoteRefs,
  cause?: unknown,
): ComfydockError {
  const releases = releaseTags(tags, { preReleases: true }).map(({ name }) => name);
  const names = [...releases, ...branches.map(({ name }) => name)];
  const nearest = nearestNames(wanted, names);
  const offered = nearest.length > 0 ? nearest : releases.slice(0, 3);
  const choice = offered.length > 0 ? `Did you mean ${offered.join(", ")}? ` : "";
  return new ComfydockError(
    comfyuiErrors.COMFYUI_VERSION_NOT_FOUND,
    `Cannot find ComfyUI "${wanted}" in ${source.publicUrl}`,
    {
      hint: `${choice}Use latest, a release, a branch or a commit`,
      details: { wanted, source: source.publicUrl, nearest: offered },
      cause,
    },
  );
}
