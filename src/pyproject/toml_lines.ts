import {
  joinLeads,
  splitLead,
  splitTrailing,
  splitTrailingBlank,
  startsBlank,
} from "./toml_lead.ts";
import type { Member, Section, TomlDocument } from "./toml_document.ts";

/** Puts a key-value line into a section, before the line at `index` or after the last. */
export function insertLine(
  document: TomlDocument,
  section: Section,
  index: number,
  line: Pick<Member, "value"> & { readonly key: NonNullable<Member["key"]> },
): void {
  const neighbour = section.members[index - 1] ?? section.members[index];
  const indent = neighbour ? splitLead(neighbour.lead).indent : headIndent(section);
  const lead = section.members.length === 0 && section.kind === "root"
    ? takeOverFileComments(document)
    : "";
  const member = { ...line, lead: lead + indent, gap: "", comma: false, tail: document.newline };
  section.members.splice(index, 0, member);
}

// The first line of a file comes after the comments that open the file.
function takeOverFileComments(document: TomlDocument): string {
  const next = document.sections[1];
  if (!next) {
    const { kept, blank } = splitTrailingBlank(document.tail);
    document.tail = blank;
    return kept === "" ? "" : kept + document.newline;
  }
  const { detached, blank, attached, indent } = splitLead(next.lead);
  next.lead = (blank === "" ? document.newline : blank) + attached + indent;
  return detached === "" ? "" : detached + (blank === "" ? document.newline : blank);
}

function headIndent(section: Section): string {
  return /^[ \t]*/.exec(section.head)![0];
}

/** Takes a key-value line out of a section, with the comments directly above it. */
export function removeLine(document: TomlDocument, section: Section, index: number): void {
  const at = document.sections.indexOf(section);
  const isFirst = section.kind === "root" && index === 0;
  const [member] = section.members.splice(index, 1);
  const next = section.members[index] ?? document.sections[at + 1];
  leave(document, member!.lead, next, isFirst);
}

/** Takes a section out of a document, with the comments directly above its header. */
export function removeSection(document: TomlDocument, index: number): void {
  const [section] = document.sections.splice(index, 1);
  const isFirst = index === 1 && document.sections[0]!.members.length === 0;
  leave(document, section!.lead, document.sections[index], isFirst);
}

function leave(
  document: TomlDocument,
  lead: string,
  next: { lead: string } | undefined,
  atStart: boolean,
): void {
  if (next) next.lead = joinLeads(lead, next.lead, { atEnd: false, atStart });
  else document.tail = joinLeads(lead, document.tail, { atEnd: true, atStart });
}

/** Puts sections into a document, parted by blank lines as the others are. */
export function insertSections(
  document: TomlDocument,
  index: number,
  sections: readonly Section[],
): void {
  for (const [offset, section] of sections.entries()) {
    insertSection(document, index + offset, section);
  }
}

function insertSection(document: TomlDocument, index: number, section: Section): void {
  const next = document.sections[index];
  const isFirst = index === 1 && document.sections[0]!.members.length === 0;
  if (!next) {
    const { kept, blank } = splitTrailingBlank(document.tail);
    const parted = kept !== "" || !(isFirst || isCompact(document));
    section.lead = kept + (parted ? document.newline : "");
    document.tail = blank;
  } else if (isFirst) {
    const { detached, blank, attached, indent } = splitLead(next.lead);
    section.lead = detached + blank;
    next.lead = (blank === "" ? document.newline : blank) + attached + indent;
  } else {
    const { trailing, rest } = splitTrailing(next.lead);
    section.lead = trailing + (startsBlank(rest) ? document.newline : "");
    next.lead = rest;
  }
  document.sections.splice(index, 0, section);
}

// A document that parts none of its sections by a blank line gets none.
function isCompact({ sections }: TomlDocument): boolean {
  const parted = sections.slice(sections[0]!.members.length > 0 ? 1 : 2);
  return parted.length > 0 && parted.every(({ lead }) => !startsBlank(lead));
}
