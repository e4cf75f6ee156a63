/**
 * Reads the registry's field `license`, which is often JSON in a text: `{"text": "MIT"}`, `{"file": "LICENSE"}`.
 *
 * @returns The name of the licence, or of the file that holds it; nothing when none is told.
 */
export function licenseName(field: string | undefined): string | undefined {
  const text = field?.trim() ?? "";
  if (!text.startsWith("{")) return firstLine(text);
  try {
    const { text: name, file } = JSON.parse(text) as { text?: unknown; file?: unknown };
    return [name, file].filter((one) => typeof one === "string").map(firstLine)
      .find((one) => one !== undefined);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return firstLine(text);
  }
}

/** Some put the whole licence there. */
function firstLine(text: string): string | undefined {
  return text.trim().split("\n")[0]!.trim().slice(0, 100) || undefined;
}
