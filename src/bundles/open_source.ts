import type { EnvironmentWorld } from "../environment/mod.ts";
import { openArchive } from "./open_archive.ts";
import { openDirectory } from "./open_directory.ts";
import { openRepository } from "./open_git.ts";
import { openUrl } from "./open_url.ts";
import type { BundleReference } from "./reference.ts";
import type { BundleSource } from "./types.ts";

/**
 * Opens what an environment is imported from; all of it has been checked then.
 *
 * @throws what bundles, directories and git throw
 */
export async function openSource(
  world: EnvironmentWorld,
  reference: BundleReference,
): Promise<BundleSource> {
  switch (reference.kind) {
    case "file":
      return await openArchive(reference.path, world.signal);
    case "directory":
      return await openDirectory(reference.path, reference.path, world.signal);
    case "url":
      return await openUrl(world, reference);
    case "git":
      return await openRepository(world, reference);
  }
}
