/** `node check` against one `uv lock` of the same manifest, with warm caches, in turn on the same machine. */
import { join } from "node:path";
import { makeSampleComfyUI } from "../../src/demo/sample_comfyui/mod.ts";
import { createRunner } from "../../src/tools/mod.ts";
import { projectRoot } from "../../tasks/run_deno.ts";
import { uvProgram } from "../support/uv_program.ts";
import { median, report } from "./measurement.ts";

const RUNS = 5;
const PACKS = 30;
// Small packages with few dependencies, such as packs ask for.
const ASKED = [
  ...["requests>=2.28", "idna", "tqdm", "pyyaml>=6", "jinja2", "rich", "click>=8", "attrs>=22"],
  ...["packaging", "filelock", "fsspec", "typing-extensions>=4.8", "aiohttp", "pydantic>=2"],
  ...[
    "httpx",
    "beautifulsoup4",
    "networkx",
    "sympy",
    "einops",
    "regex",
    "safetensors",
    "omegaconf",
  ],
];

const root = await Deno.makeTempDir({ prefix: "comfydock-bench-" });
const workspace = join(root, "workspace");
const cec = join(workspace, "environments", "bench", ".cec");
const python = join(workspace, "environments", "bench", ".venv", "bin", "python");
const byHand = join(root, "by-hand");
const uv = await uvProgram();
const env = { COMFYDOCK_HOME: workspace, COMFYDOCK_UV: uv, COMFYDOCK_ENV: "bench", CI: "1" };

const main = ["run", "-A", join(projectRoot, "main.ts")];
const check = () => run(Deno.execPath(), [...main, "node", "check"], root);
const lock = () =>
  run(uv, ["lock", "--quiet", "--python", python], byHand, {
    UV_CACHE_DIR: join(workspace, "uv_cache"),
  });

const source = join(root, "sample");
await makeSampleComfyUI(source, createRunner({ env: Deno.env.toObject() }));
await run(Deno.execPath(), [...main, "init", workspace], root);
const created = ["create", "bench", "--torch-backend", "none", "--comfyui-source", source];
await run(Deno.execPath(), [...main, ...created], root);
const manifest = join(cec, "pyproject.toml");
const bare = await Deno.readTextFile(manifest);
await Deno.mkdir(byHand);

const fitting = Array.from({ length: PACKS }, (_, at) => [0, 7, 13].map((by) => pick(at + by)));
const fit = await measure(fitting, true);
report({
  name: `\`node check\`, ${PACKS} packs that fit, of one \`uv lock\``,
  value: fit.ours / fit.theirs,
  unit: "×",
  bound: 2,
  how: told(fit, "neither has a lock to start from"),
});

const rivals = fitting.map((asked, at) =>
  at < 4 ? [...asked, `idna==3.${4 + at}`].filter((text) => text !== "idna") : asked
);
const conflict = await measure(rivals, false);
report({
  name:
    `\`node check\`, 4 of ${PACKS} packs exclude each other, of one \`uv lock\` for each of them`,
  value: conflict.ours / fit.theirs / 4,
  unit: "×",
  bound: 2,
  how: `${told(conflict, "uv only fails")}; with what would help, tried`,
});
await Deno.remove(root, { recursive: true });

interface Pair {
  readonly ours: number;
  readonly theirs: number;
}

/** Both in turn, in milliseconds. */
async function measure(asked: readonly (readonly string[])[], fits: boolean): Promise<Pair> {
  const text = withPacks(asked);
  await Deno.writeTextFile(manifest, text);
  await Deno.writeTextFile(join(byHand, "pyproject.toml"), text);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let turn = 0; turn <= RUNS; turn++) {
    for (const place of [cec, byHand]) {
      await Deno.remove(join(place, "uv.lock")).catch(ignoreAbsent);
    }
    const pair = [await check(), await lock()] as const;
    if (pair[0].success !== fits || pair[1].success !== fits) {
      throw new Error(`node check: ${pair[0].told}\nuv lock: ${pair[1].told}`);
    }
    // The first fills the caches.
    if (turn === 0) continue;
    ours.push(pair[0].ms);
    theirs.push(pair[1].ms);
  }
  return { ours: median(ours), theirs: median(theirs) };
}

function withPacks(asked: readonly (readonly string[])[]): string {
  const groups = asked.map((items, at) => `pack-${at} = ${JSON.stringify(items)}`);
  const nodes = asked.map((_, at) =>
    `\n[tool.comfydock.nodes.pack-${at}]\nname = "pack-${at}"\nversion = "1.0.0"\nsource = "development"\n`
  );
  return `${bare}\n[dependency-groups]\n${groups.join("\n")}\n${nodes.join("")}`;
}

function pick(at: number): string {
  return ASKED[at % ASKED.length]!;
}

function told({ ours, theirs }: Pair, how: string): string {
  return `${ours.toFixed(0)} ms against ${
    theirs.toFixed(0)
  } ms, medians of ${RUNS} in turn; ${how}`;
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ ms: number; success: boolean; told: string }> {
  const started = performance.now();
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { ...env, ...more },
  }).output();
  const ms = performance.now() - started;
  const text = new TextDecoder();
  return { ms, success, told: `${text.decode(stdout)}${text.decode(stderr)}` };
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
