import assert from "node:assert/strict";
import type { WorkEvent } from "../../../src/base/mod.ts";
import { fetchModels } from "../../../src/cli/bundles/fetch_models.ts";
import { createHttpClient } from "../../../src/http/mod.ts";
import { editManifest, setModel } from "../../../src/pyproject/mod.ts";
import { withEnvironment } from "../../support/environment_fixture.ts";
import { seededBytes, serveFile } from "../../support/file_server.ts";

Deno.test("an import that is interrupted while it fetches models names the command that goes on", async () => {
  const offer = { bytes: seededBytes(250_000, 7), etag: '"1"', stallAt: 100_000 };
  await using server = serveFile(() => offer);
  await withEnvironment(async ({ environment: { manifest }, world }) => {
    const model = {
      key: "far",
      name: "far.safetensors",
      sources: [{ type: "url" as const, url: `${server.url}/far.safetensors` }],
      localPath: "models/vae/far.safetensors",
      criticality: "required" as const,
    };
    const text = await Deno.readTextFile(manifest);
    await Deno.writeTextFile(manifest, editManifest(text, [setModel(model)], manifest));
    const stop = new AbortController();
    const stopping = {
      ...world({ signal: stop.signal }),
      report: { emit: (event: WorkEvent) => void (event.kind === "advanced" && stop.abort()) },
      http: () => Promise.resolve(createHttpClient({})),
    };
    await assert.rejects(fetchModels({ warn: () => {} }, stopping), {
      code: "INTERRUPTED",
      hint: /^Run comfydock model download --all --env demo, /,
    });
  });
});
