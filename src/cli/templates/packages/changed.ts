import { formatBytes, type Outcome, type Style } from "../../../output/mod.ts";
import type {
  ChangedPackage,
  ChangeReason,
  ChangeRule,
  FilePlace,
} from "../../../templates/packages/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { compareNamedRepository } from "./compare.ts";
import type { changedOptions } from "./options.ts";

/** A changed package as `templates packages changed` tells it. */
export interface ChangedPackageData {
  readonly id: string;
  readonly name: string;
  /** Version at the last release. */
  readonly base_version: string | null;
  readonly version: string | null;
  readonly bumped: boolean;
  readonly frozen: boolean;
  readonly removed: boolean;
  readonly bytes_before: number;
  readonly bytes_after: number;
  readonly reasons: readonly {
    readonly rule: ChangeRule;
    readonly file: string;
    readonly template: string | null;
    readonly from: FilePlace | null;
    readonly to: FilePlace | null;
  }[];
}

/** What `templates packages changed` tells. */
export interface ChangedData {
  readonly base: { readonly tag: string | null; readonly commit: string | null };
  readonly packages: readonly ChangedPackageData[];
}

/** Tells which packages changed since the last release. */
export async function run(
  { options: { exitCode, ...options } }: InputOf<typeof changedOptions>,
  context: CommandContext,
): Promise<Outcome<ChangedData>> {
  const { comparison: { changes } } = await compareNamedRepository(options, context);
  const { base, packages } = changes;
  return {
    data: {
      base: { tag: base.tag ?? null, commit: base.commit ?? null },
      packages: packages.map(describeChange),
    },
    exit: exitCode && packages.length > 0 ? 1 : 0,
  };
}

/** A changed package with the names that programs read. */
export function describeChange(one: ChangedPackage): ChangedPackageData {
  const { id, name, bumped, frozen, removed, bytes } = one;
  return {
    ...{ id, name },
    base_version: one.baseVersion ?? null,
    version: one.version ?? null,
    ...{ bumped, frozen, removed },
    bytes_before: bytes.before,
    bytes_after: bytes.after,
    reasons: one.reasons.map(describeReason),
  };
}

function describeReason(
  { rule, file, template, from, to }: ChangeReason,
): ChangedPackageData["reasons"][number] {
  return { rule, file, template: template ?? null, from: from ?? null, to: to ?? null };
}

/** Each package with its versions, sizes and reasons; nothing when nothing changed. */
export function view({ packages }: ChangedData, style: Style): readonly string[] {
  return packages.flatMap((one) => [
    `${style.green(one.id)} ${versions(one)} ${
      style.dim(`${formatBytes(one.bytes_before)} → ${formatBytes(one.bytes_after)}`)
    }${one.frozen ? style.yellow(" frozen") : ""}`,
    ...one.reasons.map((reason) => `  ${reason.rule} ${reason.file}${moved(reason, one.id)}`),
  ]);
}

function versions({ base_version, version, removed }: ChangedPackageData): string {
  if (removed) return `${base_version ?? "?"} removed`;
  return base_version === null || base_version === version
    ? version ?? "?"
    : `${base_version} → ${version ?? "?"}`;
}

function moved({ from, to }: ChangedPackageData["reasons"][number], id: string): string {
  const place = from ?? to;
  if (!place) return "";
  const where = place.package === id ? place.file : `${place.package}: ${place.file}`;
  return ` (${from ? "from" : "now"} ${where})`;
}
