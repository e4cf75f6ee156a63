/** What every question says. */
export interface Question {
  /** The question itself, such as `Which version shall be kept?`. */
  readonly message: string;
  /** The flag or argument that answers it when nobody can be asked, such as `--strategy ours`. */
  readonly flag: string;
}

/** A question with given answers. */
export interface Choice<Value extends string> extends Question {
  readonly choices: readonly {
    readonly value: Value;
    readonly label?: string;
    readonly hint?: string;
  }[];
  /** The answer that stands selected. */
  readonly initial?: Value;
}

/** A question that is answered with a line of text. */
export interface TextQuestion extends Question {
  readonly initial?: string;
  /** Says what is wrong with an answer, or nothing. */
  readonly check?: (answer: string) => string | undefined;
}

/** Asks people; what cannot be asked fails with `ANSWER_NEEDED` that names the flag. */
export interface Ask {
  /** Lets people pick one of the given answers. */
  choose<Value extends string>(question: Choice<Value>): Promise<Value>;
  /** Asks for yes or no; `--yes` answers yes. */
  confirm(question: Question & { readonly initial?: boolean }): Promise<boolean>;
  /** Asks for a line of text. */
  text(question: TextQuestion): Promise<string>;
  /** Asks for a secret, which is not shown and is kept out of all later output. */
  secret(question: Question): Promise<string>;
}
