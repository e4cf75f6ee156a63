import { join } from "node:path";
import { projectRoot } from "../../../tasks/run_deno.ts";

/** Reads one of the pictures that Pillow wrote: one drawing in several formats, some of them animated. */
export async function readPicture(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return await Deno.readFile(join(projectRoot, "tests/templates/pictures/fixtures", name));
}
