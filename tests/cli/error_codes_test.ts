import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ExitCode } from "../../src/base/mod.ts";
import { errorCatalogues } from "../../src/cli/error_codes.ts";
import { ROOMS } from "../../tasks/import_rules.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { projectHas } from "../support/project.ts";

const kinds = Object.values(errorCatalogues).flatMap((catalogue) => Object.entries(catalogue));

Deno.test("every error code is unique, named in capitals, explained, and leads to a documented exit code", () => {
  const codes = kinds.map(([code]) => code);
  deepEqual(codes.filter((code, index) => codes.indexOf(code) !== index), []);
  const exits: readonly number[] = Object.values(ExitCode);
  for (const [code, kind] of kinds) {
    equal(kind.code, code);
    match(code, /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
    match(kind.meaning, /^[A-Z].*[^.]$/s, code);
    equal(kind.exit !== ExitCode.ok && exits.includes(kind.exit), true, code);
  }
});

Deno.test("every room that exports error kinds is in the documented list", async () => {
  for (const room of ROOMS.cli ?? []) {
    if (!await projectHas(`src/${room}/mod.ts`)) continue;
    const door: Record<string, unknown> = await import(
      pathToFileURL(join(projectRoot, "src", room, "mod.ts")).href
    );
    for (const [name, value] of Object.entries(door)) {
      if (/Errors$/.test(name) && typeof value === "object") {
        equal(errorCatalogues[room], value, `${room}: ${name}`);
      }
    }
  }
});
