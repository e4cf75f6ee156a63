import { readProjectText } from "./project.ts";
import { splitWords } from "./words.ts";

/** A line of a shell block in the README. */
export interface ReadmeLine {
  readonly text: string;
  /** Needs the network; tests put something else in its place. */
  readonly network: boolean;
  /** The words behind the program's name, where comfydock is what starts. */
  readonly words?: readonly string[];
}

/** Every line of the README's shell blocks. */
export async function readmeLines(): Promise<readonly ReadmeLine[]> {
  const readme = await readProjectText("README.md");
  return [...readme.matchAll(/^```sh( network)?\n([\s\S]*?)^```$/gm)]
    .flatMap(([, network, block = ""]) =>
      block.trim().split("\n").map((text) => ({
        text,
        network: network !== undefined,
        words: comfydockWords(text),
      }))
    );
}

function comfydockWords(text: string): readonly string[] | undefined {
  const match = /^(?:comfydock|deno run -A main\.ts) (.+)$/.exec(text);
  return match?.[1] === undefined ? undefined : splitWords(match[1]);
}
