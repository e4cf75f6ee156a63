/** What comfydock may do, in the binary and when it runs from a URL: no FFI, no question at run time; git, uv and ComfyUI are run, free space is read. */
export const PERMISSIONS: readonly string[] = [
  "--no-prompt",
  "--allow-read",
  "--allow-write",
  "--allow-net",
  "--allow-env",
  "--allow-run",
  "--allow-sys=statfs",
];
