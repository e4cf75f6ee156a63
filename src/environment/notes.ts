/** The note of where HEAD and the index of `.cec` stand. */
export const GIT_HEAD_NOTE = "git-head";
/** The note of where a branch of `.cec` stands. */
export const GIT_REF_NOTE = "git-ref";
/** The note of which commit ComfyUI is at; its files return with it. */
export const COMFYUI_NOTE = "comfyui-commit";
/** The note of what `.venv` holds, which its lock says. */
export const VENV_NOTE = "venv";
