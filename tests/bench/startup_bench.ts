/** How long a whole process takes, from source and compiled. */
import { join } from "node:path";
import { projectRoot } from "../../tasks/run_deno.ts";
import { builtBinary } from "../support/built_binary.ts";
import { measureProcess, report } from "./measurement.ts";

const how = "whole process, median of 11";
const source = ["run", "-A", join(projectRoot, "main.ts")];
const lookup = ["registry", "lookup", "Power Lora Loader (rgthree)"];
const binary = await builtBinary();

const cases = [
  {
    name: "`--version`, from source",
    program: Deno.execPath(),
    args: [...source, "--version"],
    bound: 60,
  },
  { name: "`--version`, binary", program: binary, args: ["--version"], bound: 45 },
  {
    name: "`registry lookup`, starter index, from source",
    program: Deno.execPath(),
    args: [...source, ...lookup],
    bound: 120,
  },
  // Told without a bound: the donor base is Deno 2.6, whose Buffer turns bytes to Latin-1 a hundred times slower.
  { name: "`registry lookup`, starter index, binary", program: binary, args: lookup },
];
for (const { name, program, args, bound } of cases) {
  report({ name, value: await measureProcess(program, args), unit: "ms", bound, how });
}
const { size } = await Deno.stat(binary);
report({ name: "size of the binary", value: size / 1e6, unit: "MB", how: "with the donor base" });
