import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type ErrorKind, ExitCode } from "../../src/base/mod.ts";
import { errorCatalogues } from "../../src/cli/error_codes.ts";
import { filesBelow } from "../../tasks/modules.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { readProjectText } from "../support/project.ts";

interface DefinedKind {
  readonly room: string;
  readonly code: string;
  readonly kind: ErrorKind;
}

/** Every error kind of the sources, found by who calls `defineErrors()`. */
async function definedKinds(): Promise<readonly DefinedKind[]> {
  const found: DefinedKind[] = [];
  for (const path of await filesBelow("src", ".ts")) {
    if (!/= defineErrors\(/.test(await readProjectText(path))) continue;
    const module: Record<string, unknown> = await import(
      pathToFileURL(join(projectRoot, path)).href
    );
    const catalogues = Object.entries(module).filter(([name]) => /[a-z]Errors$/.test(name))
      .filter(([, value]) => typeof value === "object");
    equal(catalogues.length, 1, `${path} exports one catalogue, named after its noun`);
    const room = path.split("/")[1] ?? "";
    for (const [code, kind] of Object.entries(catalogues[0]?.[1] as Record<string, ErrorKind>)) {
      found.push({ room, code, kind });
    }
  }
  return found;
}

const defined = await definedKinds();

Deno.test("every error code is unique, named in capitals, explained, and leads to a documented exit code", () => {
  const codes = defined.map(({ code }) => code);
  equal(codes.length > 50, true);
  deepEqual(codes.filter((code, index) => codes.indexOf(code) !== index), []);
  const exits: readonly number[] = Object.values(ExitCode);
  for (const { code, kind } of defined) {
    equal(kind.code, code);
    match(code, /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
    match(kind.meaning, /^[A-Z].*[^.]$/s, code);
    equal(kind.exit !== ExitCode.ok && exits.includes(kind.exit), true, code);
  }
});

Deno.test("every error kind that a room defines is in the documented list under its room, and nothing else", () => {
  const listed = Object.entries(errorCatalogues).flatMap(([room, catalogue]) =>
    Object.values(catalogue).map((kind) => ({ room, code: kind.code, kind }))
  );
  const byCode = (left: DefinedKind, right: DefinedKind) => left.code < right.code ? -1 : 1;
  deepEqual(listed.toSorted(byCode), defined.toSorted(byCode));
});
