/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals. */
  readonly name: string;
  /** What stands behind it; continued lines are joined. */
  readonly text: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** Rules that the comment above takes out. */
  readonly ignored: ReadonlySet<string>;
}

/** Reads a Dockerfile as BuildKit does, without heredocs. */
export function parseDockerfile(source: string): readonly Instruction[] {
  const found: Instruction[] = [];
  const lines = source.split("\n");
  let ignored = new Set<string>();
  for (let at = 0; at < lines.length; at++) {
    const first = lines[at]!.trim();
    if (first === "") continue;
    if (first.startsWith("#")) {
      const rules = /^#\s*hadolint\s+ignore=(.*)$/.exec(first)?.[1]?.split(",") ?? [];
      ignored = new Set([...ignored, ...rules.map((rule) => rule.trim())]);
      continue;
    }
    const line = at + 1;
    const pieces = [first];
    while (pieces.at(-1)!.endsWith("\\")) {
      const next = (lines[++at] ?? "").trim();
      pieces[pieces.length - 1] = pieces.at(-1)!.slice(0, -1).trimEnd();
      if (next.startsWith("#")) pieces.push("\\");
      else pieces.push(next);
    }
    const whole = pieces.filter((piece) => piece !== "").join(" ");
    const [, name = "", text = ""] = /^(\w+)\s*(.*)$/s.exec(whole) ?? [];
    found.push({ name: name.toUpperCase(), text, line, ignored });
    ignored = new Set();
  }
  return found;
}

/** The commands that a RUN gives to the shell, without its options. */
export function commandsOf({ text }: Instruction): readonly string[] {
  return script(text).split(/&&|\|\||[;|]/).map((each) => each.trim()).filter((each) =>
    each !== ""
  );
}

/** What a RUN gives to the shell. */
export function script(text: string): string {
  return text.replace(/^(?:--\w[\w-]*=\S+\s+)+/, "");
}

/** The paths of COPY and ADD, sources first; options are left out. */
export function pathsOf({ text }: Instruction): readonly string[] {
  const paths = text.replace(/^(?:--\w[\w-]*(?:=\S+)?\s+)+/, "");
  return paths.startsWith("[") ? JSON.parse(paths) : paths.split(/\s+/);
}

/** The value of an option such as `--from`. */
export function optionOf({ text }: Instruction, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)--${name}=(\\S+)`).exec(text)?.[1];
}
