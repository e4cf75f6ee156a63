/** What comfydock may do, in the binary and when it runs from a URL: no FFI, no other program, no question at run time. */
export const PERMISSIONS: readonly string[] = [
  "--no-prompt",
  "--allow-read",
  "--allow-write",
  "--allow-net",
  "--allow-env",
];
