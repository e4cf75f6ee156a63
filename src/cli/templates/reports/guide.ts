import { readAssetText } from "../../../base/mod.ts";
import type { Outcome } from "../../../output/mod.ts";
import type { InputOf } from "../../types.ts";
import type { guideOptions } from "./options.ts";

/** A page of the guide. */
export interface GuideData {
  readonly topic: string;
  /** Markdown. */
  readonly text: string;
}

/** Reads a page of the guide. */
export async function run(
  { args: [topic = "add"] }: InputOf<typeof guideOptions>,
): Promise<Outcome<GuideData>> {
  return { data: { topic, text: await readAssetText(`data/templates/guide/${topic}.md`) } };
}

/** The page. */
export function view({ text }: GuideData): readonly string[] {
  return text.trimEnd().split("\n");
}
