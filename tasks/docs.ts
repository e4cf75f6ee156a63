/**
 * Checks that everything exported is documented and has a whole type.
 *
 * A `readonly` property may go without a sentence where its name and type say it all.
 *
 * @example
 * ```sh
 * deno run -A tasks/docs.ts
 * ```
 *
 * @module
 */
import { doors } from "./modules.ts";
import { runDeno } from "./run_deno.ts";
import { plain, say } from "./terminal.ts";

const PROPERTY = /error\[missing-jsdoc\][\s\S]*?\n[ \d]*\|  +readonly /;

/**
 * Picks the complaints that count out of what `deno doc --lint` says.
 *
 * @param output What it wrote.
 * @returns One text for each complaint.
 */
export function readComplaints(output: string): readonly string[] {
  return plain(output).split(/^(?=error)/m)
    .map((complaint) => complaint.trim())
    .filter((complaint) => complaint.startsWith("error[") && !PROPERTY.test(complaint));
}

if (import.meta.main) {
  const { code, output } = await runDeno(["doc", "--lint", ...await doors()]);
  const complaints = readComplaints(output);
  complaints.forEach((complaint) => say(`${complaint}\n`));
  const understood = code === 0 || output.includes("error[");
  if (!understood) say(output);
  Deno.exit(complaints.length === 0 && understood ? 0 : 1);
}
