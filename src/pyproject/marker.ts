// https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
const VARIABLES = new Set([
  ...["python_version", "python_full_version", "os_name", "sys_platform", "platform_release"],
  ...["platform_system", "platform_version", "platform_machine", "platform_python_implementation"],
  ...["implementation_name", "implementation_version", "extra"],
  // Older spellings.
  ...["os.name", "sys.platform", "platform.version", "platform.machine"],
  ...["platform.python_implementation", "python_implementation"],
]);
const TOKEN =
  /\s*(?:("[^"]*"|'[^']*')|([()])|(===|==|~=|!=|<=|>=|<|>)|([A-Za-z_][A-Za-z0-9_.]*))\s*/y;
const MAX_TOKENS = 1000;
const MAX_DEPTH = 50;

type Token = { readonly kind: "text" | "bracket" | "operator" | "word"; readonly text: string };

/**
 * Finds what is wrong with an environment marker.
 *
 * @param marker What stands behind the `;` of a requirement.
 * @returns The end of a sentence that begins with "it"; `undefined` for a marker that is right.
 */
export function markerProblem(marker: string): string | undefined {
  const tokens = tokensOf(marker);
  if (!tokens) return "its marker is not complete";
  let at = 0;
  const peek = () => tokens[at];
  const isWord = (word: string) => peek()?.kind === "word" && peek()?.text === word;

  const value = (): string | undefined => {
    const token = tokens[at++];
    if (token?.kind === "text") return undefined;
    if (token?.kind !== "word") return "its marker is not complete";
    return VARIABLES.has(token.text) ? undefined : `its marker has no variable "${token.text}"`;
  };
  const operator = (): string | undefined => {
    if (isWord("not")) at++;
    else if (peek()?.kind === "operator") return void at++;
    return isWord("in") ? void at++ : "its marker lacks a comparison";
  };
  const term = (depth: number): string | undefined => {
    if (depth > MAX_DEPTH) return "its marker is nested too deeply";
    if (peek()?.text !== "(") return value() ?? operator() ?? value();
    at++;
    const problem = terms(depth + 1);
    if (problem !== undefined) return problem;
    return tokens[at++]?.text === ")" ? undefined : "its marker does not close a bracket";
  };
  const terms = (depth: number): string | undefined => {
    let problem = term(depth);
    while (problem === undefined && (isWord("and") || isWord("or"))) {
      at++;
      problem = term(depth);
    }
    return problem;
  };
  return terms(0) ?? (at < tokens.length ? "its marker goes on where it should end" : undefined);
}

function tokensOf(marker: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < marker.length) {
    const match = TOKEN.exec(marker);
    if (!match || tokens.length >= MAX_TOKENS) return undefined;
    const [, text, bracket, operator, word] = match;
    if (text !== undefined) tokens.push({ kind: "text", text });
    else if (bracket !== undefined) tokens.push({ kind: "bracket", text: bracket });
    else if (operator !== undefined) tokens.push({ kind: "operator", text: operator });
    else tokens.push({ kind: "word", text: word! });
  }
  return tokens;
}
