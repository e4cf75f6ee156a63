import { delimiter, dirname, join } from "node:path";
import { cacheDirectory } from "./built_binary.ts";
import { pythonProgram } from "./python_program.ts";
import { uvProgram } from "./uv_program.ts";

/** How this machine reaches package indexes. */
const NETWORK =
  /^(SSL_CERT_(FILE|DIR)|(HTTPS?|ALL|NO)_PROXY|UV_(INDEX|DEFAULT_INDEX|SYSTEM_CERTS).*)$/i;

/**
 * The variables of a run that uses the real git, uv, Python and package index, with nothing of the user's settings.
 *
 * Packages are kept between runs, so that only the first test that wants one waits for it.
 */
export async function realToolVariables(): Promise<Record<string, string>> {
  const python = await pythonProgram();
  const network = Object.entries(Deno.env.toObject()).filter(([name]) => NETWORK.test(name));
  return {
    ...Object.fromEntries(network),
    PATH: [dirname(python), Deno.env.get("PATH") ?? ""].join(delimiter),
    COMFYDOCK_UV: await uvProgram(),
    COMFYDOCK_UV_CACHE_DIR: join(cacheDirectory, "uv-cache"),
  };
}
