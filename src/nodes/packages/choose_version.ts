import { compareVersions } from "../../base/mod.ts";
import type { PackageVersion } from "./types.ts";

/** The machine and the ComfyUI that a version is chosen for; what is not known counts as fitting. */
export interface TargetPlatform {
  /** As `Deno.build.os` has it. */
  readonly os?: string;
  /** Such as `cpu`, `cu126`, `rocm6.3`, `xpu`. */
  readonly torchBackend?: string;
  /** A release, with or without `v`. */
  readonly comfyuiVersion?: string;
}

const SYSTEMS: Readonly<Record<string, RegExp>> = {
  linux: /linux|posix|unix/i,
  darwin: /mac|darwin/i,
  windows: /windows/i,
};
const ACCELERATORS: readonly (readonly [backend: RegExp, declared: RegExp])[] = [
  [/^cu\d/, /cuda|nvidia/i],
  [/^rocm/, /rocm|amd|radeon/i],
  [/^xpu/, /intel|arc|xpu/i],
];
const CLAUSE = /^(~=|==|!=|<=|>=|<|>)\s*v?(\d+(?:\.\d+)*)(\.\*)?$/;

/**
 * Chooses the newest live version that fits; without any that fits, nothing.
 *
 * One that the registry has yet to look at is only taken where there is no other, as the registry's own
 * `latest_version` does.
 *
 * @param versions Newest first.
 */
export function chooseVersion(
  versions: readonly PackageVersion[],
  platform: TargetPlatform = {},
): PackageVersion | undefined {
  const fitting = versions.filter((one) => one.live && misfitOf(one, platform) === undefined);
  return fitting.find(({ status }) => !/pending$/i.test(status ?? "")) ?? fitting[0];
}

/** Why a version does not fit a platform, in words that follow "it"; nothing when it does. */
export function misfitOf(
  { supportedOs, supportedAccelerators, supportedComfyui }: PackageVersion,
  { os, torchBackend, comfyuiVersion }: TargetPlatform,
): string | undefined {
  if (!allows(supportedOs, os === undefined ? undefined : SYSTEMS[os], SYSTEMS)) {
    return `is for ${supportedOs.join(", ")}`;
  }
  const kinds = Object.fromEntries(ACCELERATORS.map(([, declared], at) => [at, declared]));
  const wanted = ACCELERATORS.find(([backend]) => backend.test(torchBackend ?? ""))?.[1];
  if (!allows(supportedAccelerators, wanted, kinds)) {
    return `is for ${supportedAccelerators.join(", ")}`;
  }
  if (comfyuiVersion !== undefined && !satisfies(comfyuiVersion, supportedComfyui ?? "")) {
    return `needs ComfyUI ${supportedComfyui}`;
  }
  return undefined;
}

/** A list that names other kinds only excludes; one with words that nobody knows does not. */
function allows(
  declared: readonly string[],
  wanted: RegExp | undefined,
  kinds: Readonly<Record<string, RegExp>>,
): boolean {
  if (wanted === undefined || declared.some((text) => wanted.test(text))) return true;
  const isKnown = (text: string) => Object.values(kinds).some((kind) => kind.test(text));
  return !declared.length || !declared.every(isKnown);
}

/** Tells whether a release of ComfyUI meets a condition like `>=0.3.40,<0.5`; one that cannot be read is met. */
function satisfies(release: string, condition: string): boolean {
  const version = release.replace(/^v/, "");
  // A branch or a commit has no place among the releases.
  if (!/^\d+(\.\d+)+$/.test(version)) return true;
  return condition.split(",").every((part) => {
    const [, operator, bound, wildcard] = CLAUSE.exec(part.trim()) ?? [];
    if (operator === undefined || bound === undefined) return true;
    const order = -compareVersions(version, bound);
    const below = `${version}.`.startsWith(`${bound}.`);
    if (operator === "==") return wildcard ? below : order === 0;
    if (operator === "!=") return wildcard ? !below : order !== 0;
    if (operator === "~=") {
      const family = bound.split(".").slice(0, -1).join(".");
      return order >= 0 && `${version}.`.startsWith(`${family}.`);
    }
    if (operator === ">=") return order >= 0;
    if (operator === "<=") return order <= 0;
    return operator === ">" ? order > 0 : order < 0;
  });
}
