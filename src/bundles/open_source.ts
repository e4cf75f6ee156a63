import { archiveErrors } from "../archive/mod.ts";
import { isKind } from "../base/mod.ts";
import type { EnvironmentWorld } from "../environment/mod.ts";
import { withSenderAdvice } from "./advice.ts";
import { bundleErrors } from "./errors.ts";
import type { ForeignTools } from "./foreign/types.ts";
import { openArchive } from "./open_archive.ts";
import { openDirectory } from "./open_directory.ts";
import { openRepository } from "./open_git.ts";
import { openUrl } from "./open_url.ts";
import type { BundleReference } from "./reference.ts";
import type { BundleSource } from "./types.ts";

/**
 * Opens what an environment is imported from; all of it has been checked then.
 *
 * @param tools What completes the files of other tools; without them only our own are read.
 * @throws what bundles, directories, git and, for the files of other tools, getting ComfyUI, node packs and uv throw
 */
export async function openSource(
  world: EnvironmentWorld,
  reference: BundleReference,
  tools?: ForeignTools,
): Promise<BundleSource> {
  const named = "path" in reference ? reference.path : reference.shown;
  const sending = reference.kind === "file" || reference.kind === "url" ? "packed" : "plain";
  return await withSenderAdvice(named, sending, () => open(world, reference, tools));
}

async function open(
  world: EnvironmentWorld,
  reference: BundleReference,
  tools: ForeignTools | undefined,
): Promise<BundleSource> {
  const openFile = (path: string, named = path) => openOwnFirst(world, path, named, tools);
  const openPlace = (path: string, named = path) => openAnyDirectory(world, path, named, tools);
  switch (reference.kind) {
    case "file":
      return await openFile(reference.path);
    case "directory":
      return await openPlace(reference.path);
    case "url":
      return await openUrl(world, reference, openFile);
    case "git":
      return await openRepository(world, reference, openPlace);
  }
}

async function openOwnFirst(
  world: EnvironmentWorld,
  path: string,
  named: string,
  tools: ForeignTools | undefined,
): Promise<BundleSource> {
  try {
    return await openArchive(path, world.signal);
  } catch (error) {
    const { ARCHIVE_INVALID } = archiveErrors;
    const mayBeForeign = isKind(error, ARCHIVE_INVALID) ||
      isKind(error, bundleErrors.BUNDLE_INVALID);
    if (!tools || !mayBeForeign) throw error;
    const { openDescription, readForeignFile } = await import("./foreign/mod.ts");
    const described = await readForeignFile(path, named, world.signal);
    if (!described) throw error;
    return await openDescription(world, described, tools);
  }
}

async function openAnyDirectory(
  world: EnvironmentWorld,
  path: string,
  named: string,
  tools: ForeignTools | undefined,
): Promise<BundleSource> {
  if (!tools) return await openDirectory(path, named, world.signal);
  const foreign = await import("./foreign/mod.ts");
  const directory = await foreign.findInWorkspace(path) ?? path;
  const described = await foreign.readForeignDirectory(directory, named, world.signal);
  return described
    ? await foreign.openDescription(world, described, tools)
    : await openDirectory(directory, named, world.signal);
}
