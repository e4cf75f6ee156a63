import { ComfydockError, isKind } from "../../base/mod.ts";
import { modelErrors } from "../errors.ts";
import { readModelFormat } from "../formats/mod.ts";

/**
 * Keeps a fetched file aside that nobody gave a digest for, and that is empty, a web page or a pointer.
 *
 * @param path Where it lies; `.not-a-model` is added to its name.
 * @param source What it was fetched from, as people write it.
 * @throws `MODEL_NOT_A_MODEL` with the new path in `details.aside`, `FILE_UNREADABLE`
 */
export async function refusePage(path: string, source: string): Promise<void> {
  try {
    await readModelFormat(path);
  } catch (error) {
    // What is broken in another way is told when it is noted in the index: it may be a format that is not known yet.
    if (!(error instanceof ComfydockError) || !isKind(error, modelErrors.MODEL_NOT_A_MODEL)) return;
    const aside = `${path}.not-a-model`;
    await Deno.rename(path, aside);
    throw new ComfydockError(
      modelErrors.MODEL_NOT_A_MODEL,
      `Cannot take what ${source} gave for a model: ${error.details.why}`,
      { hint: `It is kept as "${aside}"; name another source`, details: { source, aside } },
    );
  }
}
