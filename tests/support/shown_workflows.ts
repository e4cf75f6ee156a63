import { filesBelow } from "../../tasks/modules.ts";
import { readProjectText } from "./project.ts";

/** A whole workflow that a page of the docs shows. */
export interface ShownWorkflow {
  /** The page, and which of its workflows it is. */
  readonly name: string;
  readonly text: string;
}

/** Every workflow in the YAML blocks of the docs. */
export async function shownWorkflows(): Promise<readonly ShownWorkflow[]> {
  const pages = await filesBelow("docs", ".md");
  const found = await Promise.all(pages.map(async (page) => {
    const text = await readProjectText(page);
    return [...text.matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)]
      .filter(([, block = ""]) => /^jobs:/m.test(block))
      .map(([, block = ""], index) => ({ name: `${page} (${index + 1})`, text: block }));
  }));
  return found.flat();
}
