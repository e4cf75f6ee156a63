import { pythonTools } from "./python_tools.ts";

/** A package index on loopback: pypiserver, behind a server that sees every request and can refuse uploads. */
export interface TestIndex extends AsyncDisposable {
  /** Where files are uploaded to. */
  readonly url: string;
  /** The simple index. */
  readonly simple: string;
  /** Method and path of each request. */
  readonly requests: string[];
  /** Names of the files that were uploaded, in order. */
  readonly uploads: string[];
  /** Files whose upload fails, as long as it tells so. */
  refuse?: (file: string) => boolean;
  /** Distributions that it does not give out, as an index does for a while after an upload. */
  hide?: (name: string) => boolean;
  /** Called when the upload of a file begins; the file is taken when it resolves. */
  hold?: (file: string) => Promise<void>;
  /** Names of all files on the index. */
  files(): Promise<readonly string[]>;
  /** Removes every file. */
  clear(): Promise<void>;
  /** What publishing commands need. */
  readonly options: readonly string[];
}

/** Credentials that an index takes; what they are does not matter to it. */
export const INDEX_VARIABLES: Readonly<Record<string, string>> = {
  UV_PUBLISH_USERNAME: "fixture",
  UV_PUBLISH_PASSWORD: "secret-of-the-fixture",
  UV_HTTP_RETRIES: "0",
};

/** Starts an index without any package. */
export async function packageIndex(): Promise<TestIndex> {
  const { program } = await pythonTools();
  const directory = await Deno.makeTempDir({ prefix: "comfydock-index-" });
  const port = freePort();
  const server = new Deno.Command(program("pypi-server"), {
    args: ["run", "-i", "127.0.0.1", "-p", String(port), "-P", ".", "-a", ".", directory],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const target = `http://127.0.0.1:${port}`;
  await untilReady(target);
  const requests: string[] = [];
  const uploads: string[] = [];
  const front = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname, search } = new URL(request.url);
      requests.push(`${request.method} ${pathname}`);
      const [, name = ""] = /^\/simple\/([^/]+)/.exec(pathname) ?? [];
      if (index.hide?.(name)) return new Response("not yet", { status: 404 });
      const body = await request.bytes();
      if (request.method === "POST") {
        const [, file = ""] = /filename="([^"]+)"/.exec(new TextDecoder().decode(body)) ?? [];
        await index.hold?.(file);
        if (index.refuse?.(file)) {
          const secret = INDEX_VARIABLES.UV_PUBLISH_PASSWORD;
          return new Response(`out of order: ${secret}`, { status: 503 });
        }
        uploads.push(file);
      }
      const { headers, method } = request;
      return await fetch(`${target}${pathname}${search}`, {
        ...{ method, headers },
        ...(body.length > 0 && { body }),
      });
    },
  );
  const url = `http://127.0.0.1:${front.addr.port}`;
  const index: TestIndex = {
    url: `${url}/`,
    simple: `${url}/simple/`,
    requests,
    uploads,
    options: ["--publish-url", `${url}/`, "--check-url", `${url}/simple/`, "--wait", "0"],
    async files() {
      const names = await Array.fromAsync(Deno.readDir(directory), ({ name }) => name);
      return names.sort();
    },
    async clear() {
      for (const name of await index.files()) await Deno.remove(`${directory}/${name}`);
      index.refuse = undefined;
      requests.length = 0;
      uploads.length = 0;
    },
    async [Symbol.asyncDispose]() {
      await front.shutdown();
      server.kill();
      await server.status;
      await Deno.remove(directory, { recursive: true });
    },
  };
  return index;
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function untilReady(url: string): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      await (await fetch(url)).body?.cancel();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
