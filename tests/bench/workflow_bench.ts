/** How long it takes to understand all templates of ComfyUI, and to look after fifty workflows of an environment. */
import { basename, join } from "node:path";
import { readKnownModels, readModelFolders } from "../../src/models/mod.ts";
import { makeSampleComfyUI } from "../../src/demo/sample_comfyui/mod.ts";
import { openNodeIndex } from "../../src/nodes/mod.ts";
import { createRunner } from "../../src/tools/mod.ts";
import {
  analyzeWorkflow,
  openWorkflow,
  readLoaderTable,
  rememberLookups,
  resolveModels,
  resolveNodes,
} from "../../src/workflows/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { templateWorkflows } from "../support/template_workflows.ts";
import { uvProgram } from "../support/uv_program.ts";
import { measureProcess, median, report } from "./measurement.ts";
import { comfyuiClasses, modelKnowledge } from "./workflow_corpus.ts";

const TRACKED = 50;
const RUNS = 7;

const paths = (await Array.fromAsync(templateWorkflows())).map(([, path]) => path);
const root = await Deno.makeTempDir({ prefix: "comfydock-bench-" });
try {
  await measureTemplates();
  await measureEnvironment();
} finally {
  await Deno.remove(root, { recursive: true });
}

async function measureTemplates(): Promise<void> {
  const places = { nodeIndex: join(root, "node_index.db"), apiCache: join(root, "api_cache.db") };
  // Made once for a workspace, not for each question.
  (await openNodeIndex({ workspace: places })).close();
  const how = `${paths.length} workflows, one process`;
  const started = performance.now();
  const table = await readLoaderTable();
  const needs = paths.map((path) => analyzeWorkflow(openWorkflow(path).workflow, table));
  const analysed = performance.now();
  report({
    name: "all templates read and analysed",
    value: (analysed - started) / 1000,
    unit: "s",
    bound: 1.5,
    how,
  });
  using found = await openNodeIndex({ workspace: places });
  const index = rememberLookups(found);
  const types = needs.flatMap(({ nodes }) => nodes.map(({ type }) => type));
  const builtins = await comfyuiClasses(index, types);
  const known = Map.groupBy(await readKnownModels(), ({ name }) => name.toLowerCase());
  const models = modelKnowledge(
    await readModelFolders(),
    (name) => known.get(name.toLowerCase()) ?? [],
  );
  const knowledge = {
    builtins,
    comfyuiVersion: undefined,
    installed: [],
    index,
    choices: { nodes: {}, prefer: [], deny: [] },
  };
  for (const need of needs) {
    resolveNodes(need.nodes, knowledge);
    resolveModels(need.models, need.links, models);
  }
  report({
    name: "all templates resolved with the full index",
    value: (performance.now() - analysed) / 1000,
    unit: "s",
    bound: 2.5,
    how,
  });
}

async function measureEnvironment(): Promise<void> {
  const variables = {
    COMFYDOCK_HOME: join(root, "workspace"),
    COMFYDOCK_UV: await uvProgram(),
    CI: "1",
  };
  Object.entries(variables).forEach(([name, value]) => Deno.env.set(name, value));
  const main = ["run", "-A", join(projectRoot, "main.ts")];
  const comfydock = (...args: string[]) => measureProcess(Deno.execPath(), [...main, ...args], 0);
  const source = join(root, "sample");
  await makeSampleComfyUI(source, createRunner({ env: Deno.env.toObject() }));
  await comfydock("init");
  await comfydock(
    "create",
    "bench",
    ...["--torch-backend", "none", "--comfyui-source", source, "--use"],
  );
  const directory = join(
    variables.COMFYDOCK_HOME,
    ...["environments", "bench", "ComfyUI", "user", "default", "workflows"],
  );
  await Deno.mkdir(directory, { recursive: true });
  const step = Math.floor(paths.length / TRACKED);
  const chosen = Array.from({ length: TRACKED }, (_, at) => paths[at * step]!);
  const copies = chosen.map((path) => join(directory, basename(path)));
  for (const [at, path] of chosen.entries()) await Deno.copyFile(path, copies[at]!);
  await comfydock("workflow", "track", "--all");
  const whole = `whole process, ${TRACKED} templates, median of ${RUNS}`;
  report({
    name: "`workflow status` unchanged",
    value: await measureProcess(Deno.execPath(), [...main, "workflow", "status"], RUNS),
    unit: "ms",
    bound: 200,
    how: whole,
  });
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    for (const path of copies.slice(run, run + 2)) {
      await Deno.writeTextFile(path, `${await Deno.readTextFile(path)}\n`);
    }
    const started = performance.now();
    await comfydock("workflow", "sync");
    if (run > 0) times.push(performance.now() - started);
  }
  report({
    name: "`workflow sync`, 2 changed",
    value: median(times),
    unit: "ms",
    bound: 300,
    how: whole,
  });
}
