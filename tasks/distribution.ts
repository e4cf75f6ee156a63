/**
 * Writes the repository that publishes a release into config/distribution.toml, from its own name or its address.
 *
 * Without an argument it is `GITHUB_REPOSITORY` on `GITHUB_SERVER_URL`, as GitHub's jobs name them; `none` empties it.
 *
 * @example
 * ```sh
 * deno task distribution https://git.example.org/someone/comfydock
 * ```
 *
 * @module
 */
import { join } from "node:path";
import { DISTRIBUTION_FILE, parseDistribution, withRepository } from "../src/distribution/mod.ts";
import { projectRoot } from "./run_deno.ts";
import { say } from "./terminal.ts";

/**
 * The address that a release writes.
 *
 * @param given An address, `OWNER/NAME`, `none`, or nothing.
 * @param env Reads an environment variable.
 * @throws when nothing is given and nothing stands in the environment, and `DISTRIBUTION_INVALID`.
 */
export function addressOf(
  given: string | undefined,
  env: (name: string) => string | undefined,
): string {
  if (given === "none") return "";
  const name = given ?? env("GITHUB_REPOSITORY");
  if (!name) throw new Error("Name the repository: deno task distribution ADDRESS");
  const server = env("GITHUB_SERVER_URL") ?? "https://github.com";
  const address = /^[\w.-]+\/[\w.-]+$/.test(name) ? `${server}/${name}` : name;
  return parseDistribution(address).repository;
}

if (import.meta.main) {
  const path = join(projectRoot, ...DISTRIBUTION_FILE.split("/"));
  const repository = addressOf(Deno.args[0], (name) => Deno.env.get(name));
  await Deno.writeTextFile(path, withRepository(await Deno.readTextFile(path), { repository }));
  say(`${DISTRIBUTION_FILE}: ${repository || "empty"}`);
}
