const TOKEN = new RegExp(
  [
    String.raw`[ \t\r\n\ufeff]*(?:([{}[\],:])`,
    String.raw`("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")`,
    String.raw`(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))`,
  ].join("|"),
  "y",
);
const SPACE = /[ \t\r\n\ufeff]*/y;

type Expected = "value" | "value or ]" | "key" | "key or }" | "colon" | "comma" | "end";

/**
 * Finds where a text stops being JSON, which `JSON.parse` does not always tell.
 *
 * @returns The offset of the first token that does not fit, the length of the text where it ends too early, or nothing
 * for valid JSON.
 */
export function findJsonFault(text: string): number | undefined {
  const open: string[] = [];
  let expected: Expected = "value";
  for (let at = 0;;) {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    const start = SPACE.lastIndex;
    if (start === text.length) return expected === "end" ? undefined : start;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    const next: Expected | undefined = token
      ? follow(expected, token[1] ?? (token[2] === undefined ? "scalar" : "text"), open)
      : undefined;
    if (next === undefined) return start;
    expected = next;
    at = TOKEN.lastIndex;
  }
}

/** What may come behind a token, or nothing where the token does not fit. */
function follow(expected: Expected, token: string, open: string[]): Expected | undefined {
  const behindValue = () => open.length === 0 ? "end" : "comma";
  const closes = (token === "]" && open.at(-1) === "[") || (token === "}" && open.at(-1) === "{");
  if (
    closes &&
    (expected === "comma" || expected === `value or ${token}` || expected === `key or ${token}`)
  ) {
    open.pop();
    return behindValue();
  }
  if (expected === "comma") {
    if (token !== ",") return undefined;
    return open.at(-1) === "{" ? "key" : "value";
  }
  if (expected === "colon") return token === ":" ? "value" : undefined;
  if (expected === "key" || expected === "key or }") return token === "text" ? "colon" : undefined;
  if (expected === "end") return undefined;
  if (token === "{" || token === "[") {
    open.push(token);
    return token === "{" ? "key or }" : "value or ]";
  }
  return token === "text" || token === "scalar" ? behindValue() : undefined;
}
