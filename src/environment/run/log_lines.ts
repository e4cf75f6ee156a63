const MAX_LINE = 64 * 1024;

/** Cuts a log into lines as a terminal would show them: of a progress bar that returns the carriage the last state. */
export class LogLines {
  #decoder = new TextDecoder();
  #rest = "";

  /** Adds bytes, and returns the lines that they end. */
  push(bytes: Uint8Array): readonly string[] {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split("\n");
    this.#rest = lines.pop() ?? "";
    if (this.#rest.length > MAX_LINE) {
      lines.push(this.#rest);
      this.#rest = "";
    }
    return lines.map(shown);
  }

  /** What came after the last line end, if anything. */
  finish(): readonly string[] {
    const rest = this.#rest + this.#decoder.decode();
    this.#rest = "";
    return rest === "" ? [] : [shown(rest)];
  }
}

function shown(line: string): string {
  return line.replace(/\r+$/, "").split("\r").at(-1)!.slice(0, MAX_LINE);
}
