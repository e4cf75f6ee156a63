import { VERSION } from "./src/base/version.ts";

const [word, ...further] = Deno.args;
const asksVersion = word === "--version" || word === "-V" || word === "version";
if (asksVersion && further.length === 0 && !Deno.env.has("COMFYDOCK_JSON")) {
  // Scripts ask this often; the answer needs nothing of the rest.
  await Deno.stdout.write(new TextEncoder().encode(`comfydock ${VERSION}\n`));
} else {
  const { commandsFor, processHost, runCli } = await import("./src/cli/mod.ts");
  Deno.exit(await runCli(Deno.args, processHost(Deno.exit), await commandsFor(Deno.args)));
}
