import { systemClock } from "../../../src/base/mod.ts";
import { createHttpClient } from "../../../src/http/mod.ts";
import { obtainNode } from "../../../src/nodes/mod.ts";
import { createGit, createRunner } from "../../../src/tools/mod.ts";
import { checkpointsFromEnvironment, workspaceLayout } from "../../../src/workspace/mod.ts";
import { registryTarget } from "../../support/node_world.ts";

// A process of its own that obtains a pack, to be killed or to run beside others.
const [workspace = "", url = ""] = Deno.args;
const env = Deno.env.toObject();
const tell = (text: string) => void Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
const node = await obtainNode({
  workspace: workspaceLayout(workspace),
  git: createGit(createRunner({ env })),
  http: () => Promise.resolve(createHttpClient()),
  clock: systemClock,
  // Tells that it waits for another process.
  report: { emit: (event) => event.kind === "logged" ? tell("waiting") : undefined },
  offline: false,
  checkpoints: checkpointsFromEnvironment(env),
}, registryTarget(url));
const { treeSha256, fromStore } = node;
tell(JSON.stringify({ treeSha256, fromStore }));
