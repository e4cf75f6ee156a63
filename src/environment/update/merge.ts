import { requirementSlot } from "../../pyproject/mod.ts";
import { diffRequirements, type RequirementChange } from "../diff/manifests.ts";

/** Requirements of three sides. */
export interface RequirementSides {
  /** What the manifest says. */
  readonly ours: readonly string[];
  /** What the present ComfyUI asks for; absent where it cannot be told any more. */
  readonly base?: readonly string[];
  /** What the new ComfyUI asks for. */
  readonly theirs: readonly string[];
}

/** What comes out of three sides. */
export interface MergedRequirements {
  readonly requirements: readonly string[];
  /** Where ours stand although ComfyUI has changed its own: `before` is what stays, `after` what ComfyUI asks for. */
  readonly kept: readonly RequirementChange[];
}

/**
 * Brings requirements of a new ComfyUI into a manifest: what was ComfyUI's follows it, what people changed or added stays.
 *
 * Where nobody has changed anything, the result is what ComfyUI asks for, in its order.
 */
export function mergeRequirements({ ours, base, theirs }: RequirementSides): MergedRequirements {
  const [own, wanted] = [bySlot(ours), bySlot(theirs)];
  const old = base ? bySlot(base) : new Map([...own].filter(([slot]) => wanted.has(slot)));
  const merged: string[] = [];
  const kept: RequirementChange[] = [];
  for (const slot of new Set([...wanted.keys(), ...own.keys()])) {
    const [mine, before, after] = [own.get(slot), old.get(slot), wanted.get(slot)];
    const follows = mine === before;
    const result = follows ? after : mine;
    if (result !== undefined) merged.push(result);
    if (!follows && after !== before && mine !== after) {
      kept.push(...diffRequirements(listOf(mine), listOf(after)));
    }
  }
  return { requirements: merged, kept };
}

function bySlot(requirements: readonly string[]): ReadonlyMap<string, string> {
  return new Map(requirements.map((requirement) => [requirementSlot(requirement), requirement]));
}

function listOf(requirement: string | undefined): readonly string[] {
  return requirement === undefined ? [] : [requirement];
}
