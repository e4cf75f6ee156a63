import { ComfydockError } from "../../../base/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import { templateErrors } from "../../../templates/mod.ts";
import { checkTemplates } from "../../../templates/checks/mod.ts";
import { previewHandler } from "../../../templates/reports/mod.ts";
import type { CommandContext, InputOf } from "../../types.ts";
import { readNamedFacts } from "../check/facts.ts";
import type { serveOptions } from "./options.ts";

/** What `templates serve` did until it was stopped. */
export interface ServeData {
  readonly url: string;
  readonly requests: number;
}

/** Shows the gallery on this machine until Ctrl-C. */
export async function run(
  { options: { port, ...choice } }: InputOf<typeof serveOptions>,
  context: CommandContext,
): Promise<Outcome<ServeData>> {
  const { repository } = await readNamedFacts(choice, context);
  const handler = previewHandler({
    files: repository.files,
    templatesDir: repository.config.templatesDir,
    async read() {
      const { facts } = await readNamedFacts(choice, context);
      return { facts, findings: checkTemplates(facts) };
    },
  });
  let requests = 0;
  const server = listen(port, (request) => {
    requests++;
    return handler(request);
  });
  const url = `http://127.0.0.1:${server.addr.port}/`;
  if (!context.follow({ url }, [`Preview at ${url}; Ctrl-C ends it`])) await server.shutdown();
  const stop = () => void server.shutdown();
  if (context.signal.aborted) stop();
  context.signal.addEventListener("abort", stop, { once: true });
  await server.finished;
  return { data: { url, requests }, endless: true };
}

function listen(
  port: number,
  handler: (request: Request) => Promise<Response>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname: "127.0.0.1", port, onListen: () => {} }, handler);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new ComfydockError(
      templateErrors.E_PORT_TAKEN,
      `Cannot show the preview at port ${port}: another program listens there`,
      { hint: "Choose another one with --port, or a free one with --port 0", cause },
    );
  }
}

/** How many requests there were. */
export function view({ requests }: ServeData): string[] {
  return [`Stopped after ${requests} requests`];
}
