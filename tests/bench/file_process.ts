/** Serves one file on loopback until it is ended; its port is the first line that it writes. */
const [path = ""] = Deno.args;
const { size } = await Deno.stat(path);
const headers = { "content-length": String(size), etag: '"1"' };
Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => void Deno.stdout.writeSync(new TextEncoder().encode(`${port}\n`)),
}, async () => new Response((await Deno.open(path)).readable, { headers }));
