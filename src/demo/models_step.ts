import { join } from "node:path";
import { downloadFile } from "../http/mod.ts";
import { createBlake3, scanModels, searchIndex, withSoundIndex } from "../models/mod.ts";
import { workspaceLayout } from "../workspace/reading/mod.ts";
import { DUPLICATES, sampleModel, startModelServer, writeSampleModels } from "./sample_models.ts";
import type { DemoStep, DemoWorld } from "./types.ts";

const MAX_BYTES = 1024 ** 2;

/** Finds out what lies in a directory of models, and fetches another one although the line breaks. */
export async function modelsStep(world: DemoWorld): Promise<DemoStep> {
  const layout = workspaceLayout(join(world.directory, "models-workspace"));
  const models = join(world.directory, "models");
  await writeSampleModels(models);
  await Deno.mkdir(layout.metadata, { recursive: true });
  const reason = { command: "demo", at: new Date(world.clock.now()).toISOString() };
  const { result } = await withSoundIndex(layout, reason, async (index) => {
    const { files, bytes } = await scanModels(
      index,
      { named: [models], usual: [], env: {} },
      world,
    );
    const [duplicate] = index.duplicates();
    const [style] = searchIndex(index, "style", 1).models;
    return [
      `Scanned ${files} model files with ${bytes} bytes; ${DUPLICATES} is equal to another: ${
        duplicate?.locations.map(({ relativePath }) => relativePath).join(" = ")
      }`,
      `Found "style": ${style?.locations[0]?.relativePath}, BLAKE3 ${style?.blake3.slice(0, 16)}…`,
    ];
  });
  return {
    title: "Models are indexed, found and fetched",
    status: "done",
    lines: [...result, await fetchBroken(world, models)],
    commands: [`comfydock model scan ${models}`, "comfydock model find style"],
  };
}

async function fetchBroken(world: DemoWorld, models: string): Promise<string> {
  const model = sampleModel("upscaler");
  await using server = startModelServer(model);
  const http = await world.http([new URL(server.url).origin]);
  const target = join(models, "upscale_models", "sample-upscaler.safetensors");
  await Deno.mkdir(join(target, ".."), { recursive: true });
  const digest = createBlake3();
  digest.update(model);
  const expected = digest.finish();
  const { size, digests: { blake3 } } = await downloadFile(http, {
    url: server.url,
    target,
    maxBytes: MAX_BYTES,
    digests: { blake3: createBlake3 },
    expected: { blake3: expected },
    signal: world.signal,
  });
  return `Fetched ${size} bytes; the line broke after ${server.cutAt}, the rest came behind them, ` +
    `and BLAKE3 ${blake3?.slice(0, 16)}… is right`;
}
