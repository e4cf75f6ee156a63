import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of getting ComfyUI itself. */
export const comfyuiErrors: Readonly<
  Record<
    | "COMFYUI_SOURCE_INVALID"
    | "COMFYUI_NOT_FOUND"
    | "COMFYUI_NO_GIT"
    | "COMFYUI_VERSION_NOT_FOUND"
    | "COMFYUI_NOT_MIRRORED",
    ErrorKind
  >
> = defineErrors({
  COMFYUI_SOURCE_INVALID: {
    exit: ExitCode.usage,
    meaning: "What --comfyui-source names is neither a URL nor a path",
  },
  COMFYUI_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "A source or a directory holds no ComfyUI",
  },
  COMFYUI_NO_GIT: {
    exit: ExitCode.refused,
    meaning: "A directory holds a ComfyUI that is not a git repository",
  },
  COMFYUI_VERSION_NOT_FOUND: {
    exit: ExitCode.notFound,
    meaning: "A release, branch or commit of ComfyUI does not exist",
  },
  COMFYUI_NOT_MIRRORED: {
    exit: ExitCode.network,
    meaning: "A version of ComfyUI is not on this machine and the network is switched off",
  },
});
