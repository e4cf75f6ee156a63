import { ComfydockError } from "../../base/mod.ts";
import { ProcessError, toolErrors } from "../../tools/mod.ts";
import { leadingName, tellPlace } from "./conflict.ts";
import type { FitPack } from "./types.ts";

/**
 * Adds to a failure of uv which node pack asked for the address that it stumbled over.
 *
 * @param error What a resolution threw besides conflicts.
 * @param packs The packs that took part.
 * @returns The error itself when none of the packs asked for it.
 */
export function tellAsker(error: unknown, packs: readonly FitPack[]): unknown {
  if (!(error instanceof ProcessError)) return error;
  const kind = Object.values(toolErrors).find(({ code }) => code === error.code);
  const { stderr } = error.end;
  for (const { id, name, requirements } of packs) {
    for (const { requirement, file, line } of requirements) {
      if (!kind || !namesOf(requirement).some((text) => stderr.includes(text))) continue;
      const side = { title: name, via: [], requirement, asked: requirement, file, line };
      const place = tellPlace(side) || ` ("${requirement}")`;
      return new ComfydockError(kind, `${error.message}; node pack ${name} wants it${place}`, {
        hint: error.hint,
        details: { ...error.details, packs: [id] },
        cause: error.cause,
      });
    }
  }
  return error;
}

/** By what uv may name a requirement with an address; nothing for one without. */
function namesOf(requirement: string): readonly string[] {
  const [, url] = /\s@\s+(?:[a-z]+\+)?([^\s;#]+)/.exec(requirement) ?? [];
  if (url === undefined) return [];
  const file = /[^/]+\.(?:whl|zip|tar\.gz)$/.exec(url);
  return [
    url.replace(/@[^/@]*$/, ""),
    `\`${leadingName(requirement)} @ `,
    ...(file ? [`\`${file[0]}\``] : []),
  ];
}
