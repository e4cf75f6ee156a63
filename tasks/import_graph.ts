/**
 * Reads the import graph of the whole project and names every import that breaks a rule.
 *
 * @example
 * ```sh
 * deno run -A tasks/import_graph.ts
 * ```
 *
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findViolations, type Import } from "./import_rules.ts";
import { filesBelow, projectPath } from "./modules.ts";
import { projectRoot, runDeno } from "./run_deno.ts";
import { say } from "./terminal.ts";

interface GraphDependency {
  readonly specifier: string;
  readonly code?: { readonly specifier?: string };
  readonly type?: { readonly specifier?: string };
}

interface Graph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly error?: string;
    readonly dependencies?: readonly GraphDependency[];
  }[];
}

/** Every import of the project's own files, types and lazy imports included. */
export async function readImports(): Promise<readonly Import[]> {
  const files =
    (await Promise.all(["src", "tasks", "tests"].map((name) => filesBelow(name, ".ts"))))
      .flat();
  const graph = await readGraph(["main.ts", "mod.ts", ...files]);
  return graph.modules.flatMap(({ specifier, error, dependencies = [] }) => {
    const from = projectPath(specifier);
    if (error) throw new Error(`Cannot read ${specifier}: ${error}`);
    if (!from) return [];
    return dependencies.map((dependency) => {
      const target = dependency.code?.specifier ?? dependency.type?.specifier ??
        dependency.specifier;
      const to = projectPath(target) ?? target;
      return { from, to, written: dependency.specifier };
    });
  });
}

async function readGraph(files: readonly string[]): Promise<Graph> {
  // `deno info` takes one entry, so one is made that imports them all.
  const directory = await Deno.makeTempDir({ prefix: "comfydock-graph-" });
  try {
    const entry = join(directory, "entry.ts");
    const lines = files.map((file) =>
      `import ${JSON.stringify(pathToFileURL(join(projectRoot, file)).href)};\n`
    );
    await Deno.writeTextFile(entry, lines.join(""));
    const config = join(projectRoot, "deno.json");
    const { code, stdout, output } = await runDeno(["info", "--json", "--config", config, entry]);
    if (code !== 0) throw new Error(`Cannot read the import graph: ${output}`);
    return JSON.parse(stdout);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Everything that breaks a rule now, one sentence each. */
export async function checkImportGraph(): Promise<readonly string[]> {
  const config = JSON.parse(await Deno.readTextFile(join(projectRoot, "deno.json")));
  return findViolations(await readImports(), Object.keys(config.imports));
}

if (import.meta.main) {
  const violations = await checkImportGraph();
  violations.forEach(say);
  Deno.exit(violations.length > 0 ? 1 : 0);
}
