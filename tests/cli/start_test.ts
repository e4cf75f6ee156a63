import { deepEqual } from "node:assert/strict";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { projectRoot } from "../../tasks/run_deno.ts";
import { readProjectText } from "../support/project.ts";

interface Graph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly isDynamic?: boolean;
      readonly code?: { readonly specifier: string };
    }[];
  }[];
}

/** The files that are loaded when a file of ours is imported, without what it imports when needed. */
async function loadedWith(path: string): Promise<string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", join(projectRoot, path)],
    stdout: "piped",
  }).output();
  const { modules }: Graph = JSON.parse(new TextDecoder().decode(stdout));
  const bySpecifier = new Map(modules.map((module) => [module.specifier, module]));
  const seen = new Set<string>();
  const visit = (specifier: string) => {
    if (seen.has(specifier)) return;
    seen.add(specifier);
    for (const { isDynamic, code } of bySpecifier.get(specifier)?.dependencies ?? []) {
      if (!isDynamic && code) visit(code.specifier);
    }
  };
  const root = modules.find(({ specifier }) => specifier.endsWith(`/${path}`));
  if (root) visit(root.specifier);
  return [...seen].map((specifier) =>
    specifier.startsWith("file:")
      ? relative(projectRoot, fileURLToPath(specifier)).replaceAll("\\", "/")
      : specifier
  ).sort();
}

Deno.test("the version is told without loading anything else", async () => {
  deepEqual(await loadedWith("main.ts"), ["deno.json", "main.ts", "src/base/version.ts"]);
});

Deno.test("the shell loads no command's body, no prompt library and no network before they are needed", async () => {
  const loaded = await loadedWith("src/cli/mod.ts");
  const strangers = loaded.filter((file) =>
    /^src\/(?!cli|output|base|session\/(?:mod|open)\.ts)/.test(file) ||
    /@clack|src\/output\/ask\/terminal/.test(file)
  );
  deepEqual(strangers, []);
  const bodies = [];
  for (const file of loaded.filter((file) => /^src\/cli\/[^/]+\//.test(file))) {
    if (/^export (async )?function run\b/m.test(await readProjectText(file))) bodies.push(file);
  }
  deepEqual(bodies, []);
});
