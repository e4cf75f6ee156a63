import { baseErrors, ComfydockError, throwIfAborted } from "../../../base/mod.ts";

const MAX_BYTES = 100_000;

/**
 * Reads standard input to its end, without the last line end.
 *
 * @throws `FILE_TOO_LARGE`, `INTERRUPTED`
 */
export async function readStandardInput(signal: AbortSignal): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of Deno.stdin.readable) {
    throwIfAborted(signal);
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_BYTES) {
      throw new ComfydockError(
        baseErrors.FILE_TOO_LARGE,
        `Cannot read standard input: it holds more than ${MAX_BYTES} characters`,
        { hint: "Give the token alone" },
      );
    }
  }
  return (text + decoder.decode()).replace(/\r?\n$/, "");
}
