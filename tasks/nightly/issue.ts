import type { GitHub } from "./github.ts";

/** By this line the issue is found again, whatever people make of its title. */
const MARK = "<!-- nightly registry update -->";
const TITLE = "The nightly registry update fails";

/**
 * Opens an issue about a failed night, or adds to the one that is open.
 *
 * @param text What went wrong, as Markdown.
 */
export async function tellFailure(github: GitHub, text: string): Promise<void> {
  const open = (await github.openIssues()).find(({ body }) => body.includes(MARK));
  if (open) await github.comment(open, text);
  else await github.openIssue(TITLE, `${MARK}\n${text}`);
}
