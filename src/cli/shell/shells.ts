/** The shells that completions are made for. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** One of the shells that completions are made for. */
export type Shell = (typeof SHELLS)[number];
