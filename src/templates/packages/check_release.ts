import { type Finding, finding } from "../findings/mod.ts";
import { lineOfToml } from "../../pyproject/mod.ts";
import type { ChangedPackage, FrozenChange, ReleaseChanges } from "./types.ts";

const FILES_SHOWN = 3;

/** Checks whether packages that ship something else than at the last release have a new version. */
export function checkBumped({ base, packages }: ReleaseChanges): readonly Finding[] {
  return packages.flatMap((one) => {
    const { id, package: present, frozen } = one;
    if (one.bumped || !present || frozen || id === "meta" || base.commit === undefined) return [];
    const { pyproject: file, text } = present;
    const at = ["project", "version"];
    return [
      finding(
        "E_UNBUMPED",
        { file, line: lineOfToml(text, at, file), path: at.join(".") },
        `${id} still has version ${one.version ?? "?"} of ${base.tag ?? "the last release"}, ` +
          `but ships ${describeChange(one)}`,
        { details: { package: id, name: one.name, version: one.version, tag: base.tag } },
      ),
    ];
  });
}

function describeChange({ reasons }: ChangedPackage): string {
  const templates = [...new Set(reasons.flatMap(({ template }) => template ?? []))];
  const shown = templates.length > 0 ? templates : reasons.map(({ file }) => file);
  const more = shown.length > FILES_SHOWN ? ` and ${shown.length - FILES_SHOWN} more` : "";
  return `other content: ${shown.slice(0, FILES_SHOWN).join(", ")}${more}`;
}

/** Checks whether packages stay as the policy froze them. */
export function checkFrozen(
  { frozen }: Pick<ReleaseChanges, "frozen">,
  recommended?: string,
): readonly Finding[] {
  return frozen.map(({ package: id, file, rule, template }: FrozenChange) => {
    if (rule === "id removed") {
      const message = `The id "${template}" left the frozen package ${id}, whose inventory has it`;
      return finding("W_STALE_INVENTORY", { file }, message);
    }
    const what = rule === "id added"
      ? `The new id "${template}" is in a bundle of the frozen package ${id}`
      : `The frozen package ${id} would ship "${file}", which was ${rule}`;
    const hint = recommended === undefined
      ? "Put it into a bundle that is not frozen"
      : `Put it under another id into the bundle "${recommended}"`;
    return finding("E_FROZEN_CHANGE", { file }, what, { hint });
  });
}
