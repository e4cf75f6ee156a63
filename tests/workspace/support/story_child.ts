import {
  checkpointsFromEnvironment,
  environmentLock,
  recover,
  undoLast,
  withLocks,
  workspaceLayout,
} from "../../../src/workspace/mod.ts";
import { runStory, storyRequest } from "./story.ts";

const [mode, root = "", outside = ""] = Deno.args;
const layout = workspaceLayout(root);
const story = { layout, outside, checkpoints: checkpointsFromEnvironment(Deno.env.toObject()) };
const request = storyRequest(story);
if (mode === "run") await runStory(story);
else if (mode === "undo") await undoLast(request);
else if (mode === "recover") {
  const options = { command: "repair", timeoutMs: 10_000 };
  await withLocks(layout, [environmentLock("demo")], options, async (locks) => {
    await recover({ ...request, locks });
  });
} else throw new Error(`Unknown mode ${mode}`);
