const encoder = new TextEncoder();

/** Writes a line to standard output, whole and at once. */
export function say(line: string): void {
  forward(encoder.encode(`${line}\n`));
}

/** Writes bytes to standard output; a pipe may take them in parts. */
export function forward(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}

/** Removes colour sequences. */
export function plain(text: string): string {
  return text.replaceAll(COLOUR, "");
}

const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
