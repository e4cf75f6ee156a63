/** Whether a path that a file of the repository names leads below its root; with forward slashes only. */
export function isInnerPath(path: string): boolean {
  return path !== "" && !/^[/~]|^[A-Za-z]:|\\|\0/.test(path) &&
    path.split("/").every((part) => part !== ".." && part !== "." && part !== "");
}
