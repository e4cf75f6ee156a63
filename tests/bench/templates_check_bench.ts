/** `templates check` of a repository of all templates that ComfyUI ships, with pictures: the first time and again. */
import { join } from "node:path";
import { projectRoot } from "../../tasks/run_deno.ts";
import { makeLargeRepository } from "../support/templates/large_repository.ts";
import { median, report } from "./measurement.ts";

const RUNS = 5;
const PICTURE_BYTES = 300_000;

const root = await Deno.makeTempDir({ prefix: "comfydock-bench-" });
await Deno.mkdir(join(root, ".git"));
const { templates, pictureBytes } = await makeLargeRepository(root, PICTURE_BYTES);
const how = `whole process, ${templates} templates, ${
  Math.round(pictureBytes / 1e6)
} MB of pictures, median of ${RUNS}`;

async function check(): Promise<number> {
  const started = performance.now();
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(projectRoot, "main.ts"), "templates", "check", "-C", root, "--json"],
    stdout: "null",
    stderr: "piped",
  }).output();
  // Some of the templates have faults: the inputs and logos that the index names are not there.
  if (code !== 1) throw new Error(`templates check: ${code} ${new TextDecoder().decode(stderr)}`);
  return (performance.now() - started) / 1000;
}

const cold: number[] = [];
const warm: number[] = [];
for (let run = 0; run <= RUNS; run++) {
  await Deno.remove(join(root, ".git", "comfydock"), { recursive: true }).catch(() => {});
  const first = await check();
  const again = await check();
  if (run > 0) {
    cold.push(first);
    warm.push(again);
  }
}
report({ name: "`templates check`, nothing known", value: median(cold), unit: "s", bound: 3, how });
report({ name: "`templates check` again", value: median(warm), unit: "s", bound: 0.7, how });
await Deno.remove(root, { recursive: true });
