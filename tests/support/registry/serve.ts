/**
 * A test registry in a process of its own: `deno run -A serve.ts '{"corpus":{"packages":400}}'`.
 *
 * The only argument is a {@linkcode ServeRequest} as JSON. Prints one line of JSON with `url` and `managerUrl`, and
 * runs until it is ended. `GET /control/counters` tells the counters, `POST` to `/control/faults`, `/control/corpus`
 * and `/control/reset` changes what it does; none of these is counted.
 *
 * @module
 */
import { type CorpusOptions, makeCorpus } from "./corpus.ts";
import type { RegistryFaults } from "./faults.ts";
import { startRegistry } from "./server.ts";
import { managerFiles, readManagerFile } from "./sources.ts";

/** How a registry in another process starts. */
export interface ServeRequest {
  readonly corpus?: CorpusOptions;
  readonly faults?: RegistryFaults;
  /** Serve ComfyUI-Manager's real data, where it lies beside the repository. */
  readonly manager?: boolean;
  readonly localArchives?: boolean;
  readonly port?: number;
}

async function serve(request: ServeRequest): Promise<void> {
  const manager = request.manager
    ? new Map(
      await Promise.all(
        managerFiles.map(async (name) => [`${name}.gz`, await readManagerFile(name)] as const),
      ),
    )
    : undefined;
  const corpus = await makeCorpus(request.corpus);
  const registry = startRegistry({
    ...request,
    corpus,
    manager,
    async control(command, body) {
      const text = body || "{}";
      if (command === "corpus") registry.setCorpus(await makeCorpus(JSON.parse(text)));
      if (command === "faults") registry.setFaults(JSON.parse(text));
      if (command === "reset") registry.resetCounters();
      return Response.json(registry.counters());
    },
  });
  const { url, managerUrl } = registry;
  await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify({ url, managerUrl })}\n`));
}

if (import.meta.main) await serve(JSON.parse(Deno.args[0] ?? "{}"));
