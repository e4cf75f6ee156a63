import { idOf, isRecord, listOf, textOf } from "./fields.ts";
import type { WorkflowGroup, WorkflowLink } from "./types.ts";

/** Reads links, which are lists in the root of format 0.4 and objects elsewhere; null and broken ones are passed over. */
export function readLinks(value: unknown, scope: readonly string[]): readonly WorkflowLink[] {
  return listOf(value).flatMap((link) => {
    const [id, from, fromSlot, to, toSlot, type] = Array.isArray(link)
      ? link
      : isRecord(link)
      ? [link.id, link.origin_id, link.origin_slot, link.target_id, link.target_slot, link.type]
      : [];
    const [linkId, fromId, toId] = [idOf(id), idOf(from), idOf(to)];
    if (linkId === undefined || fromId === undefined || toId === undefined) return [];
    return [{
      id: linkId,
      scope,
      from: fromId,
      fromSlot: typeof fromSlot === "number" ? fromSlot : 0,
      to: toId,
      toSlot: typeof toSlot === "number" ? toSlot : 0,
      type: textOf(type) ?? "*",
    }];
  });
}

/** Reads the frames around nodes. */
export function readGroups(value: unknown, scope: readonly string[]): readonly WorkflowGroup[] {
  return listOf(value).filter(isRecord).flatMap(({ title, bounding, color }) => {
    const [x, y, width, height] = listOf(bounding).map(Number);
    if (x === undefined || y === undefined || width === undefined || height === undefined) {
      return [];
    }
    return [{
      scope,
      title: textOf(title) ?? "",
      bounds: [x, y, width, height] as const,
      color: textOf(color),
    }];
  });
}
