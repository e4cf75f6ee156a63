import { exportsOf } from "./commonjs.ts";
import { baseErrors, ComfydockError } from "./errors.ts";

/** What aliases may stand for in all; a few lines could unfold to gigabytes otherwise. */
const MOST_ALIASES = 100;

/**
 * Reads a YAML document as Python's safe loader does, version 1.1; tables become maps, because any value can be a key.
 *
 * @param text The whole document.
 * @param name What messages call it.
 * @throws `DATA_INVALID`; its details have `why` apart
 */
export async function parseYaml(text: string, name: string): Promise<unknown> {
  const { parse, YAMLError } = exportsOf(await import("yaml"));
  try {
    return parse(text, {
      version: "1.1",
      mapAsMap: true,
      maxAliasCount: MOST_ALIASES,
      logLevel: "error",
    });
  } catch (error) {
    // Too many aliases are a ReferenceError, too deep a document a RangeError.
    const expected = [YAMLError, ReferenceError, RangeError];
    if (!(error instanceof Error) || !expected.some((kind) => error instanceof kind)) throw error;
    const why = error.message.split("\n")[0]!;
    throw new ComfydockError(
      baseErrors.DATA_INVALID,
      `Cannot read "${name}" as YAML: ${why}`,
      { details: { name, why }, cause: error },
    );
  }
}
