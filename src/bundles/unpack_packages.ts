import type { RestoredPackages } from "../environment/mod.ts";
import type { BundleSource } from "./types.ts";
import { findPlatform, fits, readWheelName } from "./wheels/mod.ts";

/**
 * Unpacks wheels and ComfyUI's commit, where they come along, and says which of the wheels this machine can take.
 *
 * @param directory Absolute; must not exist.
 * @throws `BUNDLE_INVALID`, `FILE_UNWRITABLE`, `DISK_FULL`
 */
export async function unpackPackages(
  source: BundleSource,
  directory: string,
): Promise<RestoredPackages> {
  const { wheels, comfyui } = await source.unpackPackages?.(directory) ?? {};
  const { files, origins } = source.content.wheels ?? { files: new Map(), origins: new Map() };
  const names = [...files.keys()].flatMap((file) => readWheelName(file) ?? []);
  const platform = findPlatform();
  const fitting = (python: string) =>
    new Map(
      names.filter((wheel) => platform && fits(wheel, platform, python)).map(
        ({ name, version }) => {
          const origin = origins.get(name);
          const locked = origin && { version: origin.version || version, origin: origin.directUrl };
          return [name, locked ?? { version }];
        },
      ),
    );
  return { comfyui, wheels: wheels === undefined ? undefined : { directory: wheels, fitting } };
}
