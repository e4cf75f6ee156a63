import { join } from "node:path";
import { type RawEntry, rawZip } from "./archives.ts";

/** A pure Python package to put into a directory of wheels. */
export interface WheelDefinition {
  readonly name: string;
  readonly version: string;
  /** Requirements, such as `attrs>=17`. */
  readonly requires?: readonly string[];
  readonly requiresPython?: string;
  /** Tag of the file name; default `py3-none-any`. */
  readonly tag?: string;
  /** Further files below `<name>-<version>.data/scripts/`. */
  readonly scripts?: Readonly<Record<string, string>>;
}

/** The bytes of a wheel with one module. */
export function wheelBytes(definition: WheelDefinition): Uint8Array<ArrayBuffer> {
  const { name, version, requires = [], requiresPython, tag = "py3-none-any", scripts = {} } =
    definition;
  const info = `${name}-${version}.dist-info`;
  const files: RawEntry[] = [
    { name: `${name}/__init__.py`, data: `__version__ = "${version}"\n` },
    {
      name: `${info}/METADATA`,
      data: [
        "Metadata-Version: 2.1",
        `Name: ${name}`,
        `Version: ${version}`,
        ...(requiresPython ? [`Requires-Python: ${requiresPython}`] : []),
        ...requires.map((requirement) => `Requires-Dist: ${requirement}`),
        "",
      ].join("\n"),
    },
    {
      name: `${info}/WHEEL`,
      data: `Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: ${tag}\n`,
    },
    ...Object.entries(scripts).map(([script, data]) => ({
      name: `${name}-${version}.data/scripts/${script}`,
      data,
      mode: 0o100755,
    })),
  ];
  const record = [...files.map((file) => `${file.name},,`), `${info}/RECORD,,`].join("\n");
  return rawZip([...files, { name: `${info}/RECORD`, data: `${record}\n` }]);
}

/** Writes a wheel and returns its path. */
export async function writeWheel(directory: string, definition: WheelDefinition): Promise<string> {
  const { name, version, tag = "py3-none-any" } = definition;
  const path = join(directory, `${name}-${version}-${tag}.whl`);
  await Deno.mkdir(directory, { recursive: true });
  await Deno.writeFile(path, wheelBytes(definition));
  return path;
}
