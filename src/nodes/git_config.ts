/** One setting of a git configuration file. */
export interface GitSetting {
  /** Lower case, such as `remote`. */
  readonly section: string;
  /** As it is written, such as `origin`. */
  readonly subsection?: string;
  /** Lower case. */
  readonly name: string;
  readonly value: string;
}

const SECTION = /^\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/;
const SETTING = /^([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*([^]*))?$/;

/**
 * Reads a git configuration file such as `.git/config` or `.gitmodules`; includes are not followed, and what is no
 * setting is passed over.
 *
 * Source of the format: https://git-scm.com/docs/git-config#_syntax.
 */
export function parseGitConfig(text: string): readonly GitSetting[] {
  const settings: GitSetting[] = [];
  let section = "";
  let subsection: string | undefined;
  for (const line of text.replace(/^\uFEFF/, "").replace(/\\\r?\n/g, "").split(/\r?\n/)) {
    let rest = line.trim();
    const header = SECTION.exec(rest);
    if (header) {
      section = header[1]!.toLowerCase();
      subsection = header[2]?.replace(/\\(.)/g, "$1");
      rest = rest.slice(header[0].length).trim();
    }
    const [, name, value] = SETTING.exec(rest) ?? [];
    if (name === undefined) continue;
    settings.push({ section, subsection, name: name.toLowerCase(), value: readValue(value) });
  }
  return settings;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", b: "\b" };

function readValue(raw = "true"): string {
  let value = "";
  let quoted = false;
  let kept = 0;
  for (let at = 0; at < raw.length; at++) {
    const letter = raw[at]!;
    if (letter === "\\" && at + 1 < raw.length) {
      const next = raw[++at]!;
      value += ESCAPES[next] ?? next;
    } else if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === "#" || letter === ";")) break;
    else {
      value += letter;
      if (!quoted && /\s/.test(letter)) continue;
    }
    kept = value.length;
  }
  return value.slice(0, kept);
}
