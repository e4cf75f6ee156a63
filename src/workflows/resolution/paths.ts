/** A path as widgets name files, with forward slashes. */
export function normalPath(value: string): string {
  return value.replaceAll("\\", "/").replace(/^\.?\//, "");
}

/** Where a file belongs below its folder: the subfolders that the widget names, none of which leads out. */
export function placeBelow(value: string): string {
  const parts = normalPath(value).split("/").filter((part) => !/^\.{0,2}$|:/.test(part));
  return parts.join("/");
}
