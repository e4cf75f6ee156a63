/** What stands before an item, cut where its own comments begin. */
export interface LeadParts {
  /** Comments that a blank line parts from the item, with all before them. */
  readonly detached: string;
  /** The blank lines after those. */
  readonly blank: string;
  /** Comments directly above the item; they go where it goes. */
  readonly attached: string;
  /** Whitespace on the item's own line. */
  readonly indent: string;
}

const BLANK_LINE = /^[ \t]*\r?\n/;

/** Cuts the text before an item into its parts. */
export function splitLead(lead: string): LeadParts {
  const indentAt = lead.lastIndexOf("\n") + 1;
  const lines = lead.slice(0, indentAt).match(/[^\n]*\n/g) ?? [];
  let attachedAt = lines.length;
  while (attachedAt > 0 && !BLANK_LINE.test(lines[attachedAt - 1]!)) attachedAt--;
  let blankAt = attachedAt;
  while (blankAt > 0 && BLANK_LINE.test(lines[blankAt - 1]!)) blankAt--;
  return {
    detached: lines.slice(0, blankAt).join(""),
    blank: lines.slice(blankAt, attachedAt).join(""),
    attached: lines.slice(attachedAt).join(""),
    indent: lead.slice(indentAt),
  };
}

/** Cuts off the comments that directly follow the item before, where a blank line ends them. */
export function splitTrailing(lead: string): { readonly trailing: string; readonly rest: string } {
  const lines = lead.match(/[^\n]*\n/g) ?? [];
  const end = lines.findIndex((line) => BLANK_LINE.test(line));
  const trailing = end < 0 ? "" : lines.slice(0, end).join("");
  return { trailing, rest: lead.slice(trailing.length) };
}

/** Cuts the blank lines off the end of a text. */
export function splitTrailingBlank(
  text: string,
): { readonly kept: string; readonly blank: string } {
  const lines = text.match(/[^\n]*\n/g) ?? [];
  while (lines.length > 0 && BLANK_LINE.test(lines.at(-1)!)) lines.pop();
  const kept = lines.join("");
  return { kept, blank: text.slice(kept.length) };
}

/** Tells whether a text begins with a blank line. */
export function startsBlank(text: string): boolean {
  return BLANK_LINE.test(text);
}

/**
 * Puts what a removed item leaves behind in front of what follows it.
 *
 * @param removed The lead of the removed item.
 * @param following The lead of what follows, or the tail of the document.
 * @param atEnd Nothing but that tail follows.
 * @param atStart Nothing stands before the removed item.
 */
export function joinLeads(
  removed: string,
  following: string,
  { atEnd, atStart }: { readonly atEnd: boolean; readonly atStart: boolean },
): string {
  const { detached, blank } = splitLead(removed);
  if (atStart && detached === "") return following.replace(/^(?:[ \t]*\r?\n)+/, "");
  const keepBlank = !atEnd && !startsBlank(following);
  return detached + (keepBlank ? blank : "") + following;
}
