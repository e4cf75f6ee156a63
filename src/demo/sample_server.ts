import {
  createManagerData,
  createSampleRegistry,
  loadSampleCorpus,
  loadSampleManagerFiles,
} from "./sample_registry/mod.ts";

/** The sample registry while it runs on loopback. */
export interface SampleServer extends AsyncDisposable {
  readonly url: string;
  /** Where Manager's files lie. */
  readonly managerUrl: string;
}

/** Starts the sample registry and Manager's sample data on a free loopback port. */
export async function startSampleRegistry(): Promise<SampleServer> {
  const registry = createSampleRegistry(await loadSampleCorpus());
  const manager = createManagerData(await loadSampleManagerFiles());
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(options, (request) => {
    return new URL(request.url).pathname.startsWith("/manager/")
      ? manager(request)
      : registry(request);
  });
  const url = `http://127.0.0.1:${server.addr.port}`;
  return {
    url,
    managerUrl: `${url}/manager`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
