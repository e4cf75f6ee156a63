import type { CorpusOptions } from "./corpus.ts";
import type { RegistryCounters } from "./counters.ts";
import type { RegistryFaults } from "./faults.ts";
import type { ServeRequest } from "./serve.ts";

/** A registry in a process of its own, which ends with `dispose`. */
export interface SpawnedRegistry extends AsyncDisposable {
  readonly url: string;
  readonly managerUrl: string;
  /** What was asked since the start or the last `resetCounters`. */
  counters(): Promise<RegistryCounters>;
  /** Lets all counters begin at 0. */
  resetCounters(): Promise<void>;
  /** Replaces all faults. */
  setFaults(faults: RegistryFaults): Promise<void>;
  /** Replaces what the registry knows; making a corpus of the real size takes about a second. */
  setCorpus(corpus: CorpusOptions): Promise<void>;
}

/**
 * Starts a registry in a process of its own, so that it does not share a core's time with what is measured.
 *
 * @throws when the process ends before it serves; its error output is shown.
 */
export async function spawnRegistry(request: ServeRequest): Promise<SpawnedRegistry> {
  const program = new URL("./serve.ts", import.meta.url);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", program.href, JSON.stringify(request)],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const line = await firstLine(child.stdout);
  if (line === undefined) throw new Error("The test registry ended before it served");
  const { url, managerUrl }: { url: string; managerUrl: string } = JSON.parse(line);
  const control = async (command: string, body: unknown): Promise<RegistryCounters> => {
    const answer = await fetch(`${url}/control/${command}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    return await answer.json();
  };
  return {
    url,
    managerUrl,
    counters: () => control("counters", {}),
    async resetCounters() {
      await control("reset", {});
    },
    async setFaults(faults) {
      await control("faults", faults);
    },
    async setCorpus(corpus) {
      await control("corpus", corpus);
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.status;
    },
  };
}

async function firstLine(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<string | undefined> {
  let text = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text += part;
    const end = text.indexOf("\n");
    if (end >= 0) return text.slice(0, end);
  }
  return undefined;
}
