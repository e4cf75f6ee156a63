/** Command lines that are typed one after the other, and become one picture. */
export interface Story {
  /** Of the picture `docs/images/NAME.svg`. */
  readonly name: string;
  /** Command lines as they are shown. */
  readonly lines: readonly string[];
  /** Shows the same wherever and whenever it is told: no network, no packages, no ids. */
  readonly steady: boolean;
}

/** What is recorded. */
export const stories: readonly Story[] = [
  {
    name: "lookup",
    lines: [
      'comfydock registry lookup "Power Lora Loader (rgthree)"',
      'comfydock registry search "face detailer" --limit 1',
      "comfydock registry lokup KSampler",
    ],
    steady: true,
  },
  {
    name: "environment",
    lines: [
      "comfydock init",
      "comfydock create my-env --use",
      'comfydock py add "packaging>=24"',
      "comfydock status",
      "comfydock undo",
      "comfydock status",
    ],
    steady: false,
  },
];
