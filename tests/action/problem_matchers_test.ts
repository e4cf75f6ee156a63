import assert from "node:assert/strict";
import { renderFindings as renderDataFindings } from "../../src/cli/registry/findings_view.ts";
import { renderFindings } from "../../src/cli/templates/findings_view.ts";
import { createStyle } from "../../src/output/mod.ts";
import { finding } from "../../src/templates/mod.ts";
import { readProjectText } from "../support/project.ts";

interface Matcher {
  readonly owner: string;
  readonly pattern: readonly [Readonly<Record<string, string | number>>];
}

const { problemMatcher: matchers }: { problemMatcher: readonly Matcher[] } = JSON.parse(
  await readProjectText("action/problem_matchers.json"),
);

/** The annotations that each line becomes, by whichever matchers see one in it. */
function annotate(lines: readonly string[]): readonly Readonly<Record<string, string>>[] {
  return lines.flatMap((line) =>
    matchers.flatMap(({ pattern: [{ regexp, ...groups }] }) => {
      const match = new RegExp(String(regexp)).exec(line);
      if (!match) return [];
      const named = Object.entries(groups).map(([name, at]) => [name, match[Number(at)] ?? ""]);
      return [Object.fromEntries(named)];
    })
  );
}

Deno.test("every error and warning that a command tells becomes one annotation", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["error: Cannot read it", { severity: "error", message: "Cannot read it" }],
    ["warning: Slow: 3 s", { severity: "warning", message: "Slow: 3 s" }],
  ];
  for (const [line, annotation] of cases) assert.deepEqual(annotate([line]), [annotation], line);
  assert.deepEqual(
    annotate(["hint: Run it", "an error: no", "error", "errors: 3", "::error::x"]),
    [],
  );
});

Deno.test("findings in templates are annotated at their file and line", () => {
  const style = createStyle(false);
  const lines = renderFindings([
    finding(
      "E_SCHEMA",
      { file: "templates/index.json", line: 12, path: "$[0].a:b" },
      "Wrong: it",
    ),
    finding("E_SCHEMA", { file: "templates/index.json" }, "No list"),
  ], style);
  const severity = "error";
  const code = "E_SCHEMA";
  assert.deepEqual(annotate(lines), [
    { severity, code, file: "templates/index.json", line: "12", message: "Wrong: it" },
    { severity, code, message: "templates/index.json: No list" },
  ]);
});

Deno.test("findings in registry data are annotated with their place in the text", () => {
  const place = { severity: "warning", code: "RANK_ORDER", file: "m.json" } as const;
  const lines = renderDataFindings({
    ok: true,
    findings: [{ ...place, path: '$.packages["a:1 b"]', message: "Ranks are not in order" }],
    counts: {},
    errors: 0,
    warnings: 1,
  }, createStyle(false));
  assert.deepEqual(annotate(lines), [{
    severity: "warning",
    code: "RANK_ORDER",
    message: 'm.json $.packages["a:1 b"]: Ranks are not in order',
  }]);
});

Deno.test("matchers have owners of their own, which the action can take away again", () => {
  const owners = matchers.map(({ owner }) => owner);
  assert.equal(new Set(owners).size, owners.length);
  for (const owner of owners) assert.match(owner, /^comfydock(-[a-z]+)?$/);
});
