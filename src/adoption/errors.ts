import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of adopting an install. */
export const adoptionErrors: Readonly<
  Record<"ADOPT_NOT_COMFYUI" | "ADOPT_MANAGED" | "ADOPT_INCOMPLETE", ErrorKind>
> = defineErrors({
  ADOPT_NOT_COMFYUI: {
    exit: ExitCode.notFound,
    meaning: "There is no install of ComfyUI where one was named",
  },
  ADOPT_MANAGED: {
    exit: ExitCode.refused,
    meaning: "What shall be adopted is an environment of comfydock already",
  },
  ADOPT_INCOMPLETE: {
    exit: ExitCode.refused,
    meaning: "Nothing says what an install needs to be made again",
  },
});
