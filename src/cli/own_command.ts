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
  return Deno.build.standalone ? [program] : [
    ...[program, "run", "--quiet", ...PERMISSIONS],
    // What was asked for, and where that was redirected to: Workers are loaded from there.
    ...importPermission([Deno.mainModule, import.meta.url]),
    Deno.mainModule,
  ];
}

/** The permission to load code from where some modules came from; none for files. */
export function importPermission(modules: readonly string[]): readonly string[] {
  const hosts = modules.map((module) => new URL(module))
    .filter(({ protocol }) => /^https?:$/.test(protocol)).map(({ host }) => host);
  return hosts.length === 0 ? [] : [`--allow-import=${[...new Set(hosts)].join(",")}`];
}
