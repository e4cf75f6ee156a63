import { ComfydockError } from "../../base/mod.ts";
import { bundleErrors } from "../errors.ts";

/** What wheels are made for. */
export interface Platform {
  /** As uv names it, such as `x86_64-unknown-linux-gnu`. */
  readonly name: string;
  /** Matches the platform tags of wheels that run there. */
  readonly tags: RegExp;
}

// https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
const TAGS: Readonly<Record<string, RegExp>> = {
  "x86_64-unknown-linux-gnu": /^(?:linux|manylinux\w*)_x86_64$/,
  "aarch64-unknown-linux-gnu": /^(?:linux|manylinux\w*)_aarch64$/,
  "x86_64-pc-windows-msvc": /^win_amd64$/,
  "aarch64-pc-windows-msvc": /^win_arm64$/,
  "aarch64-apple-darwin": /^macosx_\d+_\d+_(?:arm64|universal2)$/,
  "x86_64-apple-darwin": /^macosx_\d+_\d+_(?:x86_64|universal2|intel)$/,
};
const SHORT: Readonly<Record<string, string>> = {
  linux: "x86_64-unknown-linux-gnu",
  windows: "x86_64-pc-windows-msvc",
  macos: "aarch64-apple-darwin",
};

/** The names that {@linkcode readPlatform} takes. */
export const platformNames: readonly string[] = [...Object.keys(SHORT), ...Object.keys(TAGS)];

/**
 * Reads the name of a platform, as uv writes it.
 *
 * @param name `linux`, `windows`, `macos`, or a triple such as `aarch64-unknown-linux-gnu`.
 * @throws `BUNDLE_PLATFORM_UNKNOWN`
 */
export function readPlatform(name: string): Platform {
  const whole = Object.hasOwn(SHORT, name) ? SHORT[name]! : name;
  if (Object.hasOwn(TAGS, whole)) return { name: whole, tags: TAGS[whole]! };
  throw new ComfydockError(
    bundleErrors.BUNDLE_PLATFORM_UNKNOWN,
    `Cannot pack packages for the platform ${JSON.stringify(name.slice(0, 80))}: it is not known`,
    { hint: `Name one of ${platformNames.join(", ")}`, details: { platform: name } },
  );
}

/** All platforms that wheels are packed for. */
export const platforms: readonly Platform[] = Object.entries(TAGS).map(([name, tags]) => ({
  name,
  tags,
}));

/** The platform that this runs on; nothing where wheels are known for none such. */
export function findPlatform(): Platform | undefined {
  return platforms.find(({ name }) => name === Deno.build.target);
}

/**
 * The platform that this runs on.
 *
 * @throws `BUNDLE_PLATFORM_UNKNOWN`
 */
export function ownPlatform(): Platform {
  return readPlatform(Deno.build.target);
}
