const MAX_LINE = 64 * 1024;

/** Cuts a byte stream into lines; a progress bar that returns the carriage makes lines too. */
export class LineSplitter {
  #decoder = new TextDecoder();
  #rest = "";
  #onLine: (line: string) => void;

  /** @param onLine Called with each line that is not empty, without its end. */
  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** Adds bytes. */
  push(chunk: Uint8Array): void {
    this.#split(this.#rest + this.#decoder.decode(chunk, { stream: true }));
  }

  /** Gives out a last line without an end. */
  finish(): void {
    this.#split(`${this.#rest}${this.#decoder.decode()}\n`);
  }

  #split(text: string): void {
    const lines = text.split(/\r\n|[\n\r]/);
    this.#rest = lines.pop()!;
    for (const line of lines) this.#give(line);
    if (this.#rest.length > MAX_LINE) {
      this.#give(this.#rest);
      this.#rest = "";
    }
  }

  #give(line: string): void {
    if (line !== "") this.#onLine(line.slice(0, MAX_LINE));
  }
}
