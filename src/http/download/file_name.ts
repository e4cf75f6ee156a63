/** The longest name made, in UTF-8 bytes; what is put beside a file is named after it and must fit too. */
const MAX_NAME_BYTES = 200;
const MAX_EXTENSION_BYTES = 40;

/** Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * Makes one path component of a name from outside, valid on every system; `undefined` when nothing of it is left.
 *
 * Folders before it are dropped, control and formatting characters too; what Windows forbids becomes `_`.
 */
export function cleanFileName(raw: string): string | undefined {
  const last = raw.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  const short = shorten(plain);
  if (short === "") return undefined;
  return RESERVED.test(short) ? `_${short}` : short;
}

function shorten(name: string): string {
  if (byteLength(name) <= MAX_NAME_BYTES) return name;
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 ? name.slice(dot) : "";
  const extension = byteLength(ending) <= MAX_EXTENSION_BYTES ? ending : "";
  const stem = name.slice(0, name.length - extension.length);
  const room = MAX_NAME_BYTES - byteLength(extension);
  return cutToBytes(stem, room).replace(/[\s.]+$/, "") + extension;
}

function cutToBytes(text: string, maxBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes));
  return text.slice(0, read);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * Reads the file name of a `content-disposition` header (RFC 6266), cleaned; `filename*` (RFC 8187) goes first.
 *
 * @param header As the runtime gives it, one character for each byte.
 */
export function dispositionFileName(header: string | null): string | undefined {
  if (header === null || header.length > 10_000) return undefined;
  const extended = /;\s*filename\*\s*=\s*([\w!#$&+^`{}~-]+)'[\w-]*'([^;\s]*)/i.exec(header);
  if (extended !== null) {
    const name = decodeExtended(extended[1] ?? "", extended[2] ?? "");
    const cleaned = name === undefined ? undefined : cleanFileName(name);
    if (cleaned !== undefined) return cleaned;
  }
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/is.exec(header);
  if (plain === null) return undefined;
  return cleanFileName(asUtf8(plain[1]?.replace(/\\(["\\])/g, "$1") ?? plain[2] ?? ""));
}

function decodeExtended(charset: string, encoded: string): string | undefined {
  const bytes = Uint8Array.from(
    encoded.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
    (character) => character.charCodeAt(0),
  );
  if (/^utf-8$/i.test(charset)) return new TextDecoder().decode(bytes);
  if (/^iso-8859-1$/i.test(charset)) return String.fromCharCode(...bytes);
  return undefined;
}

/** Servers write UTF-8 where the standard has Latin-1; what is no UTF-8 stays Latin-1. */
function asUtf8(latin1: string): string {
  if (/[^\0-\xff]/.test(latin1)) return latin1;
  try {
    const bytes = Uint8Array.from(latin1, (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8, so each byte was a character.
    return latin1;
  }
}
