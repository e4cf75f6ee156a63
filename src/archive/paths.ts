import { unsafe } from "./faults.ts";

const MAX_PATH = 1_024;
const MAX_SEGMENT = 240;
const MAX_DEPTH = 64;
// Names that open a device on Windows whatever follows the first dot.
const WINDOWS_DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const FORBIDDEN = /[\p{Cc}<>:"|?*]/u;

/** Checks the paths of one archive, which it remembers, so that clashes between them are seen. */
export interface PathGuard {
  /**
   * Returns the path in safe form: relative, forward slashes, no `.` and `..`.
   *
   * @throws `ARCHIVE_UNSAFE`
   */
  accept(raw: string, kind: "file" | "directory"): string;
}

/** Creates a guard that refuses what could leave the target or differ between operating systems. */
export function createPathGuard(): PathGuard {
  const known = new Map<string, { path: string; kind: "file" | "directory" }>();
  const claim = (path: string, kind: "file" | "directory", raw: string, isParent: boolean) => {
    // macOS and Windows fold case, macOS composes accents; what folds together is one file there.
    const folded = path.normalize("NFC").toLowerCase();
    const earlier = known.get(folded);
    if (!earlier) return void known.set(folded, { path, kind });
    if (earlier.path !== path) throw unsafe(raw, `it differs only in case from "${earlier.path}"`);
    if (earlier.kind !== kind) throw unsafe(raw, "it is both a file and a directory");
    if (kind === "file" && !isParent) throw unsafe(raw, "it occurs twice");
  };
  return {
    accept(raw, kind) {
      const segments = safeSegments(raw);
      for (let depth = 1; depth < segments.length; depth++) {
        claim(segments.slice(0, depth).join("/"), "directory", raw, true);
      }
      const path = segments.join("/");
      if (path === "" && kind === "file") throw unsafe(raw, "it has no name");
      if (path !== "") claim(path, kind, raw, false);
      return path;
    },
  };
}

function safeSegments(raw: string): readonly string[] {
  if (raw.length > MAX_PATH) throw unsafe(raw, `it is longer than ${MAX_PATH} characters`);
  // Archives made on Windows by old tools use backslashes, and every Windows reads them as separators.
  const path = raw.replaceAll("\\", "/");
  if (path.startsWith("/")) throw unsafe(raw, "it is absolute");
  if (/^[a-z]:/i.test(path)) throw unsafe(raw, "it names a drive");
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  if (segments.length > MAX_DEPTH) throw unsafe(raw, `it is deeper than ${MAX_DEPTH} directories`);
  for (const segment of segments) checkSegment(segment, raw);
  return segments;
}

function checkSegment(segment: string, raw: string): void {
  if (segment === "..") throw unsafe(raw, "it leaves the directory it is unpacked to");
  if (FORBIDDEN.test(segment)) throw unsafe(raw, "it has characters that not every system allows");
  if (segment.length > MAX_SEGMENT) throw unsafe(raw, "a part of it is too long");
  if (/[. ]$/.test(segment)) throw unsafe(raw, "a part of it ends with a dot or a space");
  if (WINDOWS_DEVICE.test(segment)) throw unsafe(raw, `"${segment}" is a device on Windows`);
}
