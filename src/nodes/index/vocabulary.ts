/** The words that mistyped ones may stand for, with how many packages use them. */
export class Vocabulary {
  readonly #uses = new Map<string, number>();
  readonly #inNames = new Set<string>();

  /**
   * Takes in the words of one package.
   *
   * @returns Each of them once, with blanks between.
   */
  take(words: readonly string[], where: "name" | "class"): string {
    const own = new Set(words);
    for (const word of own) {
      this.#uses.set(word, (this.#uses.get(word) ?? 0) + 1);
      if (where === "name") this.#inNames.add(word);
    }
    return [...own].join(" ");
  }

  /** Words worth proposing: those of names, and of classes only what several packages use, which is one in five. */
  worthy(): readonly (readonly [word: string, uses: number])[] {
    return [...this.#uses].filter(([word, uses]) => uses > 1 || this.#inNames.has(word));
  }
}
