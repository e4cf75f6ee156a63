import type { TakeoverFinding } from "../../environment/takeover/mod.ts";

/** How the commit of ComfyUI is known. */
export function tellComfyUI(commit: string | undefined): TakeoverFinding {
  const told = { part: "comfyui", subject: "ComfyUI" } as const;
  return commit === undefined
    ? { ...told, certainty: "guessed", message: "No commit is named; the latest release is taken" }
    : { ...told, certainty: "exact", message: `It is ${commit.slice(0, 8)}` };
}

/** What does not come over. */
export function dropped(
  part: TakeoverFinding["part"],
  subject: string,
  message: string,
): TakeoverFinding {
  return { part, certainty: "dropped", subject, message };
}
