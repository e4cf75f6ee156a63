/** Words as one command line for `sh`. */
export function shellLine(...words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}

// POSIX: nothing between single quotes has a meaning but the quote itself.
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
