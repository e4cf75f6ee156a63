/** An option of pip in a requirements file. */
export interface PipOption {
  /** Its long name; as written when pip has no such option in these files. */
  readonly name: string;
  readonly value?: string;
  readonly known: boolean;
}

/** A logical line, cut where its options begin. */
export interface CutLine {
  /** A requirement, or empty. */
  readonly requirement: string;
  readonly options: readonly PipOption[];
  /** Why the options cannot be read. */
  readonly problem?: string;
}

// https://pip.pypa.io/en/stable/reference/requirements-file-format/#supported-options and what older pips took.
const WITH_VALUE = [
  ...["--index-url", "--extra-index-url", "--find-links", "--constraint", "--requirement"],
  ...["--editable", "--no-binary", "--only-binary", "--trusted-host", "--use-feature"],
  ...["--hash", "--global-option", "--install-option", "--config-settings", "--pypi-url"],
];
const WITHOUT_VALUE = [
  ...["--no-index", "--prefer-binary", "--require-hashes", "--pre"],
  ...["--process-dependency-links", "--always-unzip"],
];
const KNOWN = [...WITH_VALUE, ...WITHOUT_VALUE];
const SHORT: Readonly<Record<string, string>> = {
  i: "--index-url",
  f: "--find-links",
  c: "--constraint",
  r: "--requirement",
  e: "--editable",
  C: "--config-settings",
};

/**
 * Cuts a line into its requirement and its options, where pip would.
 *
 * @param content A logical line.
 */
export function cutLine(content: string): CutLine {
  const at = content.search(/(?<=^|\s)-/);
  if (at < 0) return { requirement: content, options: [] };
  const requirement = content.slice(0, at).trim();
  const words = splitWords(content.slice(at));
  if (!words) return { requirement, options: [], problem: "a quote is not closed" };
  return { requirement, options: readOptions(words) };
}

function readOptions(words: readonly string[]): readonly PipOption[] {
  const options: PipOption[] = [];
  for (let at = 0; at < words.length; at++) {
    const { name, known, attached } = nameOption(words[at]!);
    const takesNext = attached === undefined && (!known || WITH_VALUE.includes(name));
    // Nobody knows whether a foreign option takes a value.
    const follows = takesNext && at + 1 < words.length &&
      (known || !words[at + 1]!.startsWith("-"));
    options.push({ name, known, value: follows ? words[++at] : attached });
  }
  return options;
}

function nameOption(word: string): { name: string; known: boolean; attached?: string } {
  const [, short, glued] = /^-([A-Za-z])(.*)$/s.exec(word) ?? [];
  if (short !== undefined) {
    const name = Object.hasOwn(SHORT, short) ? SHORT[short] : undefined;
    if (name === undefined) return { name: word, known: false };
    return { name, known: true, attached: glued === "" ? undefined : glued };
  }
  const equals = word.indexOf("=");
  const written = equals < 0 ? word : word.slice(0, equals);
  const attached = equals < 0 ? undefined : word.slice(equals + 1);
  const fitting = KNOWN.filter((name) => name.startsWith(written));
  const name = KNOWN.includes(written) ? written : fitting.length === 1 ? fitting[0] : undefined;
  if (name === undefined || written === "--") return { name: written, known: false, attached };
  return { name: name === "--pypi-url" ? "--index-url" : name, known: true, attached };
}

// As a POSIX shell would, without expanding anything; a backslash in a path of Windows stays.
function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  const pattern = /\s+|((?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+)/gsy;
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return undefined;
    if (match[1] !== undefined) words.push(unquote(match[1]));
  }
  return words;
}

function unquote(word: string): string {
  return word.replace(
    /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\([\s"'\\])/gs,
    (_, double, single, escaped) => double?.replace(/\\(["\\])/g, "$1") ?? single ?? escaped,
  );
}
