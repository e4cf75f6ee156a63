import { silentReporter } from "../../src/base/mod.ts";
import { obtainComfyUI, readComfyUISource } from "../../src/comfyui/mod.ts";
import { createGit, createRunner } from "../../src/tools/mod.ts";

// A process to be killed: it obtains the main branch of a repository.
const [repository = "", mirrors = ""] = Deno.args;
const git = createGit(createRunner({ env: Deno.env.toObject() }));
const source = await readComfyUISource(repository, Deno.cwd());
await Deno.stdout.write(new TextEncoder().encode("begins\n"));
await obtainComfyUI(
  { git, mirrors, exclusively: (_name, work) => work(), offline: false, report: silentReporter },
  source,
  "main",
);
