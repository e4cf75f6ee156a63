import { type Limit, limitBy } from "../http/limited_host.ts";

const [limitText = "", retryAfter = ""] = Deno.args;
const limit: Limit = JSON.parse(limitText);
const allow = limitBy(limit);

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  // The parent reads the port from the first line.
  onListen: ({ port }) => Deno.stdout.writeSync(new TextEncoder().encode(`${port}\n`)),
}, () => {
  if (allow(performance.now())) return Response.json({ ok: true });
  const headers = retryAfter ? { "retry-after": retryAfter } : undefined;
  return new Response("slow down", { status: 429, headers });
});
