import type { Style } from "./types.ts";

const plain = (text: string) => text;
const paint = (open: number, close: number) => (text: string) =>
  `\x1b[${open}m${text}\x1b[${close}m`;

/**
 * Makes the style that views draw with.
 *
 * @param color Whether escape sequences may be written.
 * @param width Columns of the terminal.
 */
export function createStyle(color: boolean, width = 80): Style {
  return {
    bold: color ? paint(1, 22) : plain,
    dim: color ? paint(2, 22) : plain,
    red: color ? paint(31, 39) : plain,
    green: color ? paint(32, 39) : plain,
    yellow: color ? paint(33, 39) : plain,
    cyan: color ? paint(36, 39) : plain,
    width,
  };
}
