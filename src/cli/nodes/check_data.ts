import type { NodeCheck } from "../../environment/nodes/fit/mod.ts";

/** What `node check` tells. */
export interface CheckData {
  readonly environment: string;
  /** Whether all of them fit together. */
  readonly fits: boolean;
  readonly packs: readonly CheckPackData[];
  readonly conflicts: readonly CheckConflictData[];
  /** Packages that packs pull; with IDs those that the named packs pull. */
  readonly packages: readonly CheckPackageData[];
  /** What packs that are not there yet would change. */
  readonly changes: readonly {
    readonly name: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
}

/** A node pack that took part. */
export interface CheckPackData {
  readonly id: string;
  readonly name: string;
  readonly version: string | null;
  /** Whether it is not in the environment, or not so, or not enabled. */
  readonly candidate: boolean;
  readonly fits: boolean;
  readonly requirements: readonly CheckPlace[];
  readonly findings: readonly {
    readonly code: string;
    readonly message: string;
    readonly file: string;
    readonly line: number | null;
  }[];
}

interface CheckPlace {
  readonly requirement: string;
  readonly file: string | null;
  readonly line: number | null;
}

/** Packs that exclude each other, or one that the environment excludes. */
export interface CheckConflictData {
  readonly code: string;
  readonly message: string;
  readonly packs: readonly string[];
  readonly sides: readonly (CheckPlace & {
    readonly title: string;
    readonly pack: string | null;
    readonly via: readonly string[];
    readonly asked: string | null;
  })[];
  readonly remedies: readonly { readonly command: string; readonly effect: string }[];
}

/** A package in its version, and who pulls it. */
export interface CheckPackageData {
  readonly name: string;
  readonly versions: readonly string[];
  readonly pulls: readonly {
    /** `null` for ComfyUI and the environment itself. */
    readonly pack: string | null;
    readonly requirement: string | null;
    readonly via: readonly string[];
  }[];
}

/** The form in which programs get a check. */
export function toCheckData(environment: string, check: NodeCheck): CheckData {
  const fitting = new Set(check.fitting);
  const named = new Set(check.packs.filter((pack) => pack.named).map(({ id }) => id));
  const packages = check.packages.filter(({ pulls }) =>
    named.size === 0 || pulls.some(({ pack }) => pack !== undefined && named.has(pack))
  );
  return {
    environment,
    fits: check.fits,
    packs: check.packs.map(({ id, name, version = null, candidate, requirements, findings }) => ({
      id,
      name,
      version,
      candidate,
      fits: fitting.has(id),
      requirements: requirements.map(placeOf),
      findings: findings.map(({ code, message, file, line = null }) => ({
        code,
        message,
        file,
        line,
      })),
    })),
    conflicts: check.conflicts.map(({ code, message, packs, sides, remedies }) => ({
      code,
      message,
      packs,
      sides: sides.map((side) => ({
        ...placeOf(side),
        title: side.title,
        pack: side.pack ?? null,
        via: side.via,
        asked: side.asked ?? null,
      })),
      remedies,
    })),
    packages: packages.map(({ name, versions, pulls }) => ({
      name,
      versions,
      pulls: pulls.map(({ pack = null, requirement = null, via }) => ({ pack, requirement, via })),
    })),
    changes: check.changes,
  };
}

function placeOf(
  { requirement, file = null, line = null }: {
    readonly requirement: string;
    readonly file?: string | null;
    readonly line?: number | null;
  },
): CheckPlace {
  return { requirement, file, line };
}
