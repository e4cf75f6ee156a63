import * as fc from "fast-check";

const word = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,8}[A-Za-z0-9])?$/);
const blank = fc.constantFrom("", "", "", " ", "  ");
const number = fc.integer({ min: 0, max: 30 }).map(String);
const release = fc.array(number, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("."));
const suffix = fc.constantFrom(
  ...[
    "",
    "",
    "",
    "",
    "rc1",
    "a0",
    ".post1",
    ".dev3",
    "b2.post1",
    "-1",
    "+cu121",
    ".*",
    "RC1",
    "_x",
  ],
);
const version = fc.tuple(fc.constantFrom("", "", "", "v", "1!"), release, suffix)
  .map((parts) => parts.join(""));
// `===` takes commas for a part of the version; that is left to the tables.
const operator = fc.constantFrom(">=", "==", "<=", "<", ">", "!=", "~=", "=", "=>", "~>");
const clause = fc.tuple(operator, blank, version).map((parts) => parts.join(""));
const specifier = fc.tuple(
  fc.array(clause, { maxLength: 3 }),
  fc.constantFrom(",", ", ", " , ", ",,"),
  fc.constantFrom("", "", "", ","),
).map(([clauses, comma, last]) => `${clauses.join(comma)}${clauses.length > 0 ? last : ""}`);
const bracketed = fc.tuple(specifier, fc.boolean()).map(([text, closed]) =>
  text === "" ? "" : `(${text}${closed ? ")" : ""}`
);
const extras = fc.oneof(
  { weight: 4, arbitrary: fc.constant("") },
  {
    weight: 2,
    arbitrary: fc.array(word, { maxLength: 2 }).map((names) => `[${names.join(", ")}]`),
  },
  { weight: 1, arbitrary: fc.constantFrom("[", "[a,]", "[a b]", "[-a]", "[]") },
);
const comparison = fc.tuple(
  fc.constantFrom(
    "sys_platform",
    "python_version",
    "platform_machine",
    "extra",
    "os.name",
    "nonsense",
  ),
  fc.constantFrom("==", " >= ", "!=", " in ", " not in ", "<", " not ", ""),
  fc.constantFrom("'linux'", '"3.9"', "'a;b'", "'win32", "3.9", "python_full_version", "'# no'"),
).map((parts) => parts.join(""));
const marker = fc.oneof(
  { weight: 4, arbitrary: fc.constant("") },
  {
    weight: 3,
    arbitrary: fc.tuple(comparison, fc.constantFrom(" and ", " or ", " xor "), comparison, blank)
      .map(([first, join, second, space]) => `${space};${space}(${first})${join}${second}`),
  },
  { weight: 2, arbitrary: comparison.map((text) => `; ${text}`) },
);
const url = fc.tuple(
  fc.constantFrom("@ ", " @ ", "@"),
  fc.constantFrom("https://example.com/a.whl", "git+https://example.com/r.git@v1#subdirectory=x"),
  fc.oneof(fc.constant(""), comparison.map((text) => ` ; ${text}`)),
).map((parts) => parts.join(""));

/** Requirements as people and slips of theirs write them: some right, some nearly. */
export const requirementTexts: fc.Arbitrary<string> = fc.tuple(
  word,
  blank,
  extras,
  blank,
  fc.oneof(
    { weight: 5, arbitrary: fc.tuple(specifier, marker).map((parts) => parts.join("")) },
    { weight: 1, arbitrary: fc.tuple(bracketed, marker).map((parts) => parts.join("")) },
    { weight: 1, arbitrary: url },
  ),
).map((parts) => parts.join("").trim());

/** What may surround a requirement in a file without changing it. */
export const surroundings: fc.Arbitrary<(requirement: string) => string> = fc.constantFrom(
  (text) => text,
  (text) => text,
  (text) => `  ${text}  `,
  (text) => `${text} # why`,
  (text) => `${text}\t#why -r other.txt`,
  (text) => `${text} --hash=sha256:${"0".repeat(64)}`,
  (text) => `${text} \\\n    --hash=sha256:${"0".repeat(64)} \\\n    --hash sha256:00`,
  (text) => `\n# a comment \\\n${text}`,
  (text) => `${text} \\\n# the end of it`,
);
