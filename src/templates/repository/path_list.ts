import { compareCodePoints } from "../../base/mod.ts";
import type { RepositoryFiles } from "./files.ts";

/** Lists files that are known by their paths. */
export function pathList(
  label: string,
  given: Iterable<string>,
): Pick<RepositoryFiles, "label" | "list" | "directories"> {
  const paths = [...given].sort(compareCodePoints);
  return {
    label,
    list(directory) {
      const isIn = directory === "."
        ? (path: string) => !path.includes("/")
        : (path: string) => path.startsWith(`${directory}/`);
      return Promise.resolve(paths.filter(isIn));
    },
    directories(directory) {
      const start = directory === "." ? 0 : directory.length + 1;
      const names = paths.filter((path) => start === 0 || path.startsWith(`${directory}/`))
        .map((path) => path.slice(start).split("/"))
        .flatMap(([name, ...rest]) => name !== undefined && rest.length > 0 ? [name] : []);
      return Promise.resolve([...new Set(names)]);
    },
  };
}
