import fc from "fast-check";
import { renderIndex } from "../../src/bundles/render_index.ts";
import { type RawEntry, rawTar } from "./archives.ts";
import { sha256Of } from "./bundle_files.ts";

/** How the bytes of a file are changed. */
export interface ByteChange {
  readonly kind: "flip" | "byte" | "cut" | "insert" | "double";
  /** Where, from 0 up to 1. */
  readonly at: number;
  readonly value: number;
}

/** Any change of bytes. */
export const byteChanges: fc.Arbitrary<ByteChange> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  kind: fc.constantFrom("flip", "byte", "cut", "insert", "double"),
  value: fc.integer({ min: 1, max: 255 }),
});

/** Changes bytes at one place. */
export function changeBytes(
  bytes: Uint8Array,
  { kind, at: share, value }: ByteChange,
): Uint8Array {
  const at = Math.floor(share * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (kind) {
    case "cut":
      return before;
    case "insert":
      return Uint8Array.of(...before, value, ...after);
    case "double":
      return Uint8Array.of(...bytes, ...after.subarray(0, 2_048));
    default: {
      const copy = bytes.slice();
      copy[at] = kind === "flip" ? copy[at]! ^ (1 << value % 8) : value;
      return copy;
    }
  }
}

/** Paths that are right on one system and lead elsewhere, or to another file, on another. */
export const TRICKY_PATHS: readonly string[] = [
  "../out.json",
  "workflows/../../out.json",
  "/etc/out.json",
  "C:/out.json",
  "workflows/C:out.json",
  "workflows\\..\\..\\out.json",
  "\\\\server\\share\\out.json",
  "workflows/nul.json",
  "workflows/COM1",
  "workflows/dot./x.json",
  "workflows/blank /x.json",
  "workflows/portrait.json:stream",
  "workflows/PORTRAIT.json",
  "workflows/portrait.json/below",
  "workflows/e\u0301.json",
  "workflows/\u00e9.json",
  "workflows/.git/config",
  "workflows/GIT~1/config",
  "nodes/pack/.git/config",
  "nodes/pack/sub/.GIT/hooks/post-checkout",
  "nodes/Pack/__init__.py",
  "nodes/pack\u0000/x.py",
  "nodes/../nodes/pack/y.py",
  "nodes/__init__.py",
  "models/../models/checkpoints/x.safetensors",
  "models/checkpoints/other.safetensors",
  "wheels/x-1-py3-none-any.whl",
  "comfyui/other.bundle",
  ".git/hooks/post-commit",
  ".venv/bin/python",
  "ComfyUI/main.py",
  "bundle.json/x",
  "workflows/fine.json",
  "nodes/pack/fine.py",
];

/** Values that a manifest may claim. */
const CLAIMS: readonly string[] = [
  '""',
  '"../out"',
  '"/etc/out"',
  '"C:\\\\out"',
  '"a\\\\..\\\\..\\\\out"',
  '"nul"',
  '"..."',
  '".disabled"',
  '"--upload-pack=touch"',
  '"3.99.99"',
  "7",
  "[]",
  "true",
  '"' + "a".repeat(40) + '"',
  '"workflows/portrait.json"',
];

/** One change of a bundle whose digests are then made right again. */
export type BundleChange =
  | { readonly kind: "add"; readonly path: string }
  | { readonly kind: "move"; readonly file: number; readonly path: string }
  | { readonly kind: "remove"; readonly file: number }
  | { readonly kind: "claim"; readonly line: number; readonly value: string }
  | { readonly kind: "bytes"; readonly file: number; readonly change: ByteChange }
  | {
    readonly kind: "list";
    readonly file: number;
    readonly field: string;
    readonly value: unknown;
  }
  | {
    readonly kind: "link";
    readonly file: number;
    readonly type: "1" | "2";
    readonly target: string;
  };

/** Any such change. */
export const bundleChanges: fc.Arbitrary<BundleChange> = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), path: fc.constantFrom(...TRICKY_PATHS) }),
  fc.record({
    kind: fc.constant("move" as const),
    file: fc.nat(),
    path: fc.constantFrom(...TRICKY_PATHS),
  }),
  fc.record({ kind: fc.constant("remove" as const), file: fc.nat() }),
  fc.record({
    kind: fc.constant("claim" as const),
    line: fc.nat(),
    value: fc.constantFrom(...CLAIMS),
  }),
  fc.record({ kind: fc.constant("bytes" as const), file: fc.nat(), change: byteChanges }),
  fc.record({
    kind: fc.constant("list" as const),
    file: fc.nat(),
    field: fc.constantFrom("path", "size", "sha256", "executable"),
    value: fc.oneof(fc.constantFrom(...TRICKY_PATHS), fc.integer(), fc.boolean()),
  }),
  fc.record({
    kind: fc.constant("link" as const),
    file: fc.nat(),
    type: fc.constantFrom("1" as const, "2" as const),
    target: fc.constantFrom("/etc/passwd", "../../out", "pyproject.toml"),
  }),
);

/**
 * A bundle with one change, as an archive that is right in itself: what `bundle.json` says of files holds, save where the
 * change is a lie of it.
 */
export function changedBundle(
  original: ReadonlyMap<string, Uint8Array>,
  change: BundleChange,
): Uint8Array<ArrayBuffer> {
  const files = new Map(original);
  const pathOf = (file: number) => [...original.keys()][file % original.size]!;
  if (change.kind === "add") files.set(change.path, new TextEncoder().encode("{}\n"));
  if (change.kind === "remove" || change.kind === "move") files.delete(pathOf(change.file));
  if (change.kind === "move") files.set(change.path, original.get(pathOf(change.file))!);
  if (change.kind === "claim") files.set("pyproject.toml", claiming(original, change));
  if (change.kind === "bytes") {
    const path = pathOf(change.file);
    files.set(path, changeBytes(original.get(path)!, change.change));
  }
  const listed = [...files].map(([path, bytes], at) => ({
    path,
    size: bytes.length,
    sha256: sha256Of(bytes),
    executable: false,
    ...change.kind === "list" && at === change.file % files.size
      ? { [change.field]: change.value }
      : {},
  }));
  const index = renderIndex({ kind: "environment", name: "small", files: listed });
  return rawTar([
    ...[...files].map(([name, data], at): RawEntry =>
      change.kind === "link" && at === change.file % files.size
        ? { name, tarType: change.type, linkName: change.target }
        : { name, data }
    ),
    { name: "bundle.json", data: index },
  ]);
}

function claiming(
  files: ReadonlyMap<string, Uint8Array>,
  { line, value }: { readonly line: number; readonly value: string },
): Uint8Array {
  const lines = new TextDecoder().decode(files.get("pyproject.toml")).split("\n");
  const places = lines.flatMap((text, at) => / = /.test(text) ? [at] : []);
  const at = places[line % places.length]!;
  lines[at] = `${lines[at]!.split(" = ")[0]} = ${value}`;
  return new TextEncoder().encode(lines.join("\n"));
}
