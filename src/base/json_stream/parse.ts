import { baseErrors, ComfydockError } from "../errors.ts";

const decoder = new TextDecoder();
// A text is matched whole, so that the words inside it are left alone.
const TEXT_OR_NON_FINITE = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\bInfinity\b|\bNaN\b/g;

/**
 * Parses the UTF-8 bytes of one JSON value; `NaN` and `Infinity`, which Python writes, become `null`.
 *
 * @param bytes The value and nothing else.
 * @param path What error messages call it, such as `$.nodes[3]`.
 * @throws `DATA_INVALID`
 */
export function parseJsonBytes(bytes: Uint8Array, path: string): unknown {
  return parseJsonText(decoder.decode(bytes), path);
}

/** Like {@linkcode parseJsonBytes}, for a text. */
export function parseJsonText(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const cleaned = withoutNonFinite(text);
    if (cleaned !== undefined) return parseJsonText(cleaned, path);
    const why = error instanceof Error ? error.message : String(error);
    throw new ComfydockError(baseErrors.DATA_INVALID, `Expected valid JSON at ${path}: ${why}`, {
      details: { path },
      cause: error,
    });
  }
}

function withoutNonFinite(text: string): string | undefined {
  let found = false;
  const cleaned = text.replace(TEXT_OR_NON_FINITE, (token) => {
    if (token.startsWith('"')) return token;
    found = true;
    return "null";
  });
  return found ? cleaned : undefined;
}
