import { processHost, runCli } from "../../src/cli/mod.ts";
import { sampleCommands } from "./sample_commands.ts";

Deno.exit(await runCli(Deno.args, processHost(Deno.exit), sampleCommands));
