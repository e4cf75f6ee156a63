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

/** Program and first words with which this comfydock starts another one: the binary, or Deno with the file that it runs. */
export function ownCommand(): readonly string[] {
  const program = Deno.execPath();
  return Deno.build.standalone
    ? [program]
    : [program, "run", "--quiet", ...PERMISSIONS, Deno.mainModule];
}
