import type { EnvironmentWorld } from "../types.ts";
import { readStatus } from "./read.ts";
import type { Difference } from "./types.ts";

/** Whether an environment is as it should be, and what that rests on. */
export interface Judgement {
  readonly name: string;
  /** Whether warnings count, too. */
  readonly strict: boolean;
  readonly ok: boolean;
  readonly differences: readonly Difference[];
}

const SETTLED: ReadonlySet<Difference["kind"]> = new Set([
  "interrupted",
  "lock_missing",
  "lock_stale",
  "lock_damaged",
  "venv_missing",
  "package_missing",
  "package_extra",
  "package_version",
  "node_missing",
  "node_version",
  "node_disabled",
  "node_enabled",
  "workflow_copy_missing",
]);

// A manifest may leave out on purpose what ComfyUI asks for: the environment is as it says.
const ADVICE: ReadonlySet<Difference["kind"]> = new Set(["requirement_missing"]);

/**
 * Judges an environment.
 *
 * @param options With `strict` every file of node packs is read, and warnings count, save what is advice alone.
 * @throws what reading its status throws
 */
export async function judgeEnvironment(
  world: EnvironmentWorld,
  { strict = false }: { readonly strict?: boolean } = {},
): Promise<Judgement> {
  const { name, differences } = await readStatus(world, { thorough: strict });
  const ok = !differences.some(({ kind, severity }) =>
    severity === "error" || (strict && !ADVICE.has(kind))
  );
  return { name, strict, ok, differences };
}

/** Those differences that `sync` settles. */
export function settledBySync(differences: readonly Difference[]): readonly Difference[] {
  return differences.filter(({ kind, subject }) =>
    SETTLED.has(kind) || (kind === "uncommitted" && /^(pyproject\.toml|uv\.lock)$/.test(subject))
  );
}
