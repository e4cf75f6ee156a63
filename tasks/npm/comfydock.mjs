#!/usr/bin/env node
// Starts comfydock with the Deno that was installed beside it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const { permissions } = require("./package.json").comfydock;

/** The Deno of the package `deno`; where install scripts did not run, it is put in its place now. */
function findDeno() {
  const directory = dirname(require.resolve("deno/package.json"));
  const path = join(directory, process.platform === "win32" ? "deno.exe" : "deno");
  return existsSync(path) ? path : require("deno/install_api.cjs").runInstall();
}

const program = fileURLToPath(new URL("comfydock.js", import.meta.url));
const args = ["run", "--quiet", "--no-config", ...permissions, program, ...process.argv.slice(2)];
const child = spawn(findDeno(), args, { stdio: "inherit" });

// A terminal sends Ctrl-C to both; passed on, it would count twice.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  process.stderr.write(`error: Cannot start Deno: ${error.message}\n`);
  process.exitCode = 1;
});
child.on("exit", (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});
