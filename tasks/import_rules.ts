/** One import: who, whom, and as what it was written. */
export interface Import {
  /** Importing file, below the root of the project. */
  readonly from: string;
  /** Imported file below the root, or the whole specifier for what lies outside. */
  readonly to: string;
  /** What stands in the source. */
  readonly written: string;
}

const LOW = ["base", "http", "archive"];

/** Which rooms each room of `src/` may import; docs/architecture.md explains it. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  http: ["base"],
  pages: [],
  archive: ["base"],
  distribution: ["base", "http", "tools"],
  tools: LOW,
  pyproject: ["base"],
  workspace: ["base", "tools", "pyproject"],
  comfyui: [...LOW, "tools", "pyproject", "workspace"],
  torch: ["base", "tools"],
  registry: LOW,
  mappings: [...LOW, "registry"],
  nodes: [...LOW, "tools", "pyproject", "workspace", "registry", "mappings"],
  models: [...LOW, "tools", "pyproject", "workspace"],
  workflows: [
    ...LOW,
    ...["tools", "pyproject", "workspace", "comfyui", "mappings", "nodes", "models"],
  ],
  environment: [
    ...LOW,
    ...["tools", "pyproject", "workspace", "comfyui", "torch"],
    ...["registry", "mappings", "nodes", "models", "workflows"],
  ],
  bundles: [
    ...LOW,
    ...["tools", "pyproject", "workspace", "comfyui", "environment"],
    ...["nodes", "models", "workflows"],
  ],
  templates: [...LOW, "tools", "pyproject", "workflows", "pages"],
  adoption: [
    ...LOW,
    ...["tools", "pyproject", "workspace", "comfyui", "environment", "nodes", "models"],
  ],
  pipeline: [...LOW, "registry", "mappings", "pages"],
  session: [
    ...LOW,
    ...["pyproject", "workspace", "comfyui", "torch", "environment", "nodes", "models"],
    ...["workflows", "bundles"],
  ],
  demo: [
    ...LOW,
    "tools",
    "pyproject",
    "workspace",
    "comfyui",
    "environment",
    "registry",
    "mappings",
    "pipeline",
    "nodes",
    "models",
    "workflows",
    "bundles",
  ],
  output: ["base"],
  library: [
    ...LOW,
    ...["session", "tools", "pyproject", "workspace", "environment"],
    ...["nodes", "models", "workflows", "bundles"],
  ],
  cli: [
    ...LOW,
    "session",
    ...["tools", "pyproject", "workspace", "comfyui", "torch", "environment"],
    ...["registry", "mappings", "pipeline", "nodes", "models", "workflows", "bundles"],
    "adoption",
    ...["templates", "demo", "output", "distribution"],
  ],
};

// What start-up cannot wait for: `--version` without the whole base, the prompt library only when something is asked,
// the TOML parser only where it is used.
const SHORTCUTS: ReadonlySet<string> = new Set([
  "main.ts src/base/version.ts",
  "src/cli/context.ts src/output/ask/terminal.ts",
  "src/pipeline/sources.ts src/base/toml.ts",
]);

// A command that proposes commands has to know them all; it is loaded by one of them.
const LIST_OF_ALL = "src/cli/commands.ts";

/**
 * Finds every import that breaks a rule of the house.
 *
 * @param imports All imports of the project.
 * @param declared The packages that `deno.json` declares.
 * @returns One sentence for each violation.
 */
export function findViolations(
  imports: readonly Import[],
  declared: readonly string[],
): readonly string[] {
  return [
    ...imports.flatMap(violationsOfImport),
    ...sharedPackages(imports),
    ...unusedPackages(imports, declared),
    ...findCycles(imports),
  ];
}

function violationsOfImport({ from, to, written }: Import): readonly string[] {
  if (/^(npm|jsr|https?):/.test(written)) {
    return [`${from} imports "${written}"; outside packages are declared in deno.json`];
  }
  const target = roomOf(to);
  const room = roomOf(from);
  if (from.startsWith("src/") && /^(main|mod)\.ts$|^(tests|tasks)\//.test(to)) {
    return [`${from} imports ${to}; src/ imports only from src/`];
  }
  if (!target || room === target || from.startsWith("tests/")) return [];
  const found: string[] = [];
  if (!to.endsWith("/mod.ts") && !SHORTCUTS.has(`${from} ${to}`)) {
    found.push(`${from} imports ${to}; other rooms come in through a mod.ts`);
  }
  if (!Object.hasOwn(ROOMS, target)) {
    found.push(`src/${target} has no line in tasks/import_rules.ts`);
  }
  if (room && !(ROOMS[room] ?? []).includes(target)) {
    found.push(`${from} imports ${to}; ${room} may not import ${target}`);
  }
  return found;
}

/** The room a file of `src/` lies in. */
function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function packageOf({ to, written }: Import): string | undefined {
  if (!to.startsWith("npm:") && !/^[@a-z]/.test(written)) return undefined;
  if (/^[a-z]+:/.test(written)) return undefined;
  return /^(?:@[^/]+\/)?[^/]+/.exec(written)?.[0];
}

function sharedPackages(imports: readonly Import[]): readonly string[] {
  const rooms = new Map<string, Set<string>>();
  for (const entry of imports) {
    const room = roomOf(entry.from);
    const name = packageOf(entry);
    if (room && name) rooms.set(name, (rooms.get(name) ?? new Set()).add(room));
  }
  return [...rooms].filter(([, users]) => users.size > 1)
    .map(([name, users]) =>
      `${name} is imported by ${[...users].sort().join(" and ")}; one room wraps it`
    );
}

function unusedPackages(
  imports: readonly Import[],
  declared: readonly string[],
): readonly string[] {
  const used = new Set(imports.map(packageOf));
  return declared.filter((name) => !used.has(name))
    .map((name) => `${name} is declared in deno.json and imported nowhere`);
}

function findCycles(imports: readonly Import[]): readonly string[] {
  const targets = Map.groupBy(imports.filter(({ to }) => to !== LIST_OF_ALL), ({ from }) => from);
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, trail: readonly string[]) => {
    const at = trail.indexOf(file);
    if (at >= 0) {
      cycles.push(`${[...trail.slice(at), file].join(" → ")} is a cycle`);
      return;
    }
    if (finished.has(file)) return;
    for (const { to } of targets.get(file) ?? []) visit(to, [...trail, file]);
    finished.add(file);
  };
  for (const file of [...targets.keys()].sort()) visit(file, []);
  return cycles;
}
