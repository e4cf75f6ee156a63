import { baseName, isModelFile, isNote } from "../../../workflows/mod.ts";
import { fileOfAddress, isNumbered } from "./models.ts";
import type { OpenWorkflow, UsedAddress } from "./types.ts";

// A link of Markdown, or a bare address; a closing bracket, a comma or a full stop at its end is none of the address.
const ADDRESS = /\[([^\]\n]{0,300})\]\((https?:\/\/[^\s)]+)[^)]*\)|(https?:\/\/[^\s<>"'()[\]]+)/g;
const MAX_ADDRESSES = 1_000;

/** The addresses that the notes of a workflow give. */
export function readNoteAddresses({ workflow, place }: OpenWorkflow): readonly UsedAddress[] {
  const notes = workflow.nodes.filter(isNote);
  const texts = notes.flatMap(({ widgets }) =>
    widgets.flatMap(({ value, path }) => typeof value === "string" ? [{ value, path }] : [])
  );
  return texts.flatMap(({ value, path }) =>
    [...value.matchAll(ADDRESS)].map(([, text, linked, bare]): UsedAddress => {
      const url = linked ?? (bare ?? "").replace(/[.,;:!?*_`]+$/, "");
      return { ...place(path), url, ...(text !== undefined && { text }), from: "note" };
    })
  ).slice(0, MAX_ADDRESSES);
}

/** Finds links to models whose text is not the name of the file. */
export function checkLinkTexts(open: OpenWorkflow, addresses: readonly UsedAddress[]): void {
  for (const { url, text, line, path } of addresses) {
    const file = fileOfAddress(url);
    if (text === undefined || file === undefined || isNumbered(url)) continue;
    const shown = text.replace(/^[\s*_`]+|[\s*_`]+$/g, "");
    if (!isModelFile(shown) || !isModelFile(file) || baseName(shown) === file) continue;
    open.fault("W_LINK_TEXT", { line, path }, `The link "${shown}" leads to "${file}"`, {
      hint: `Call the link "${file}", or correct its address`,
    });
  }
}
