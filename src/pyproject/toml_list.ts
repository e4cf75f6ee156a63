import { joinLeads, splitLead } from "./toml_lead.ts";
import type { KeyPart, ListNode, Member, ValueNode } from "./toml_document.ts";

const DEFAULT_INDENT = "    ";

/**
 * Puts an item into an array or a field into an inline table, in the style of its neighbours.
 *
 * @param list Changed in place.
 * @param index Where the item shall stand.
 * @param content The value, and in an inline table its key.
 * @param newline The line end of the document.
 */
export function insertIntoList(
  list: ListNode,
  index: number,
  content: { readonly key?: KeyPart; readonly value: ValueNode },
  newline: string,
): void {
  const member: Member = { ...content, lead: "", gap: "", comma: false, tail: "" };
  if (list.members.length === 0) fillEmpty(list, member, newline);
  else if (index < list.members.length) insertBefore(list, index, member, newline);
  else append(list, member, newline);
}

function fillEmpty(list: ListNode, member: Member, newline: string): void {
  if (list.open !== "") {
    member.lead = splitLead(list.end).indent + DEFAULT_INDENT;
    member.comma = true;
    member.tail = newline;
  } else if (list.kind === "inline") {
    member.lead = " ";
    list.end = " ";
  } else list.end = "";
  list.members.push(member);
}

function insertBefore(list: ListNode, index: number, member: Member, newline: string): void {
  const next = list.members[index]!;
  member.comma = true;
  if (startsLine(list, index)) {
    const { detached, blank, attached, indent } = splitLead(next.lead);
    member.lead = detached + blank + indent;
    next.lead = attached + indent;
    member.tail = newline;
  } else {
    member.lead = next.lead;
    next.lead = " ";
  }
  list.members.splice(index, 0, member);
}

function append(list: ListNode, member: Member, newline: string): void {
  const at = list.members.length - 1;
  const last = list.members[at]!;
  member.comma = last.comma;
  last.comma = true;
  if (last.tail.includes("\n")) {
    member.lead = startsLine(list, at) ? splitLead(last.lead).indent : DEFAULT_INDENT;
    member.tail = newline;
  } else if (startsLine(list, at)) {
    member.lead = splitLead(last.lead).indent;
    last.tail = newline;
  } else {
    member.lead = at > 0 && /^[ \t]*$/.test(last.lead) ? last.lead : " ";
  }
  list.members.push(member);
}

/** Takes an item out of an array or a field out of an inline table, with the comments that belong to it. */
export function removeFromList(list: ListNode, index: number): void {
  const member = list.members[index]!;
  const previous = list.members[index - 1];
  const next = list.members[index + 1];
  const opensLine = startsLine(list, index);
  const closesLine = member.tail.includes("\n");
  list.members.splice(index, 1);
  if (opensLine && closesLine) leaveLines(list, member, next);
  else if (next) {
    if (opensLine) next.lead = member.lead;
    else if (closesLine && previous) previous.tail = member.tail;
    else if (!previous) next.lead = member.lead;
  } else if (previous) leaveLastLine(list, member, previous, opensLine, closesLine);
  if (!next && previous) previous.comma = member.comma;
  if (list.members.length === 0) collapse(list);
}

function leaveLines(list: ListNode, member: Member, next: Member | undefined): void {
  const place = { atEnd: next === undefined, atStart: false };
  if (next) next.lead = joinLeads(member.lead, next.lead, place);
  else list.end = joinLeads(member.lead, list.end, place);
}

function leaveLastLine(
  list: ListNode,
  member: Member,
  previous: Member,
  opensLine: boolean,
  closesLine: boolean,
): void {
  if (closesLine) previous.tail = member.tail;
  else if (opensLine && previous.tail.trim() === "" && !list.end.includes("\n")) previous.tail = "";
}

function collapse(list: ListNode): void {
  if ((list.open + list.end).trim() !== "") return;
  list.open = "";
  list.end = "";
}

function startsLine(list: ListNode, index: number): boolean {
  const before = index > 0 ? list.members[index - 1]!.tail : list.open;
  return (before + list.members[index]!.lead).includes("\n");
}
