import { join } from "node:path";

/** The models of the demo, which are small but whole safetensors files. */
const MODELS = {
  "checkpoints/sample-base.safetensors": "base",
  "checkpoints/copy-of-base.safetensors": "base",
  "loras/sample-style.safetensors": "style",
} as const;

/** How many of the sample models are equal to another one. */
export const DUPLICATES = 1;

const NUMBERS = 4_096;
const SHARE = 0.6;

/** Writes the sample models below a directory. */
export async function writeSampleModels(directory: string): Promise<void> {
  for (const [path, content] of Object.entries(MODELS)) {
    const target = join(directory, ...path.split("/"));
    await Deno.mkdir(join(target, ".."), { recursive: true });
    await Deno.writeFile(target, sampleModel(content));
  }
}

/** A safetensors file whose numbers come from a text. */
export function sampleModel(content: string): Uint8Array<ArrayBuffer> {
  const bytes = NUMBERS * 2;
  const tensor = { dtype: "F16", shape: [NUMBERS], data_offsets: [0, bytes] };
  const header = new TextEncoder().encode(JSON.stringify({ weight: tensor }));
  const file = new Uint8Array(8 + header.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  const seed = new TextEncoder().encode(content);
  for (let at = 8 + header.length; at < file.length; at++) {
    file[at] = seed[at % seed.length]! + at % 7;
  }
  return file;
}

/** A server that offers one model, and lets its first answer break off. */
export interface ModelServer extends AsyncDisposable {
  readonly url: string;
  /** How many bytes the first answer has. */
  readonly cutAt: number;
}

/** Starts the server on a free loopback port. */
export function startModelServer(model: Uint8Array<ArrayBuffer>): ModelServer {
  const cutAt = Math.floor(model.length * SHARE);
  let answers = 0;
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(options, (request) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range") ?? "")?.[1] ?? 0);
    const headers = { etag: '"sample"', "content-type": "application/octet-stream" };
    if (answers++ === 0) {
      // The length that is promised is that of the whole file.
      const length = { "content-length": `${model.length}` };
      return new Response(partOf(model, cutAt), { headers: { ...headers, ...length } });
    }
    const range = `bytes ${from}-${model.length - 1}/${model.length}`;
    return new Response(model.slice(from), {
      status: from > 0 ? 206 : 200,
      headers: from > 0 ? { ...headers, "content-range": range } : headers,
    });
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/sample-upscaler.safetensors`,
    cutAt,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function partOf(bytes: Uint8Array<ArrayBuffer>, length: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, length));
      controller.close();
    },
  });
}
