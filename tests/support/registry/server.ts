import {
  type Corpus,
  createManagerData,
  createSampleRegistry,
  type RequestHandler,
} from "../../../src/demo/sample_registry/mod.ts";
import { answerArchive } from "./archives.ts";
import { breakAnswer } from "./broken_answers.ts";
import { type RegistryCounters, RequestLog } from "./counters.ts";
import { type Endpoint, endpointOf } from "./endpoints.ts";
import { createFaultChooser, type FaultChooser, type RegistryFaults } from "./faults.ts";
import { archiveHost } from "./package_records.ts";
import { type Bucket, createBucket, tooManyRequests } from "./rate_limit.ts";
import { shiftedCorpus } from "./shift.ts";

const controlPath = "/control/";

/** What a test registry starts with. */
export interface RegistryOptions {
  readonly corpus: Corpus;
  readonly faults?: RegistryFaults;
  /** ComfyUI-Manager's data: file name, also one with `.gz` → content. */
  readonly manager?: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Show archives at this server's address instead of the registry's own. */
  readonly localArchives?: boolean;
  /** Default: any free one. */
  readonly port?: number;
  /** Answers what comes to `/control/{command}`, uncounted and without faults. */
  readonly control?: (command: string, body: string) => Promise<Response>;
}

/** A registry that runs on loopback until it is disposed of. */
export interface TestRegistry extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  /** Where Manager's files lie; without a slash at the end. */
  readonly managerUrl: string;
  /** What was asked since the start or the last `resetCounters`. */
  counters(): RegistryCounters;
  /** Lets all counters begin at 0. */
  resetCounters(): void;
  /** Replaces all faults; counts, chances and the rate limit begin anew. */
  setFaults(faults: RegistryFaults): void;
  /** Replaces what the registry knows. */
  setCorpus(corpus: Corpus): void;
}

/** Starts a registry in this process. */
export function startRegistry(options: RegistryOptions): TestRegistry {
  const stopping = new AbortController();
  const log = new RequestLog();
  const manager = createManagerData(options.manager ?? new Map());
  let corpus = options.corpus;
  let registry = createSampleRegistry(corpus);
  let faults: RegistryFaults = {};
  let chooser: FaultChooser = createFaultChooser(faults);
  let bucket: Bucket | undefined;
  let listRequests = 0;

  function setFaults(next: RegistryFaults): void {
    faults = next;
    chooser = createFaultChooser(next);
    bucket = next.limit && createBucket(next.limit);
    listRequests = 0;
  }
  setFaults(options.faults ?? {});

  function handlerFor(endpoint: Endpoint): RequestHandler {
    if (endpoint === "manager") return manager;
    if (endpoint === "archive") return (asked) => answerArchive(corpus, asked);
    if (faults.shift && (endpoint === "nodes" || endpoint === "versions")) {
      return createSampleRegistry(shiftedCorpus(corpus, faults.shift, listRequests++));
    }
    return registry;
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    if (options.control && pathname.startsWith(controlPath)) {
      return await options.control(pathname.slice(controlPath.length), await request.text());
    }
    const endpoint = endpointOf(pathname);
    log.begin(endpoint);
    try {
      if (faults.latencyMs) await delay(faults.latencyMs);
      const turn = bucket?.take();
      if (faults.limit && turn && !turn.passes) {
        log.limited();
        return tooManyRequests(faults.limit, turn.waitMs);
      }
      if (faults.missing?.includes(endpoint)) {
        return new Response('{"error":"Not Found","message":"No such endpoint"}', {
          status: 404,
          headers: { "content-type": "application/json" },
        });
      }
      const fault = chooser.choose(endpoint, `${request.method} ${pathname}${search}`);
      const whole = await handlerFor(endpoint)(request);
      const shown = options.localArchives ? await withLocalArchives(whole, request) : whole;
      if (!fault) return shown;
      log.broken(fault);
      return await breakAnswer(shown, fault, {
        hugeBytes: faults.hugeBytes ?? 300 * 1024 * 1024,
        stopping: stopping.signal,
      });
    } finally {
      log.end();
    }
  }

  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: options.port ?? 0,
    signal: stopping.signal,
    onListen: () => {},
  }, answer);
  const url = `http://127.0.0.1:${server.addr.port}`;
  return {
    url,
    managerUrl: `${url}/manager`,
    counters: () => log.counters(),
    resetCounters: () => log.reset(),
    setFaults,
    setCorpus(next) {
      corpus = next;
      registry = createSampleRegistry(next);
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await server.finished;
    },
  };
}

/** Puts this server's address in the place of the registry's archives. */
async function withLocalArchives(answer: Response, request: Request): Promise<Response> {
  if (answer.headers.get("content-type") !== "application/json") return answer;
  const { origin } = new URL(request.url);
  const pattern = new RegExp(`${archiveHost.replaceAll(".", "\\.")}[^/"]+/`, "g");
  const text = (await answer.text()).replaceAll(pattern, `${origin}/archives/`);
  return new Response(text, answer);
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
