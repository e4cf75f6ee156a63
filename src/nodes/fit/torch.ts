import { compareVersions } from "../../base/mod.ts";
import type { TorchBackends } from "../../pyproject/mod.ts";
import { lockedVersions } from "./lock_graph.ts";

/** Packages that are built for one version of torch, or are a part of it, beside those of its own index. */
const SISTERS = ["triton", "triton-windows"];

/** A package of PyTorch that would have another version. */
export interface TorchMove {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The names of PyTorch's packages, which no node pack may move. */
export function torchFamily({ packages, kinds }: TorchBackends): readonly string[] {
  return [...new Set([...packages, ...SISTERS, ...kinds.flatMap(({ companions }) => companions)])];
}

/** The packages of PyTorch that have other versions in a new lock; what was not there before moves nothing. */
export function torchMoves(
  before: string | undefined,
  after: string,
  torch: TorchBackends,
): readonly TorchMove[] {
  const [old, now] = [lockedVersions(before), lockedVersions(after)];
  return torchFamily(torch).flatMap((name) => {
    const [was, is] = [old.get(name) ?? [], now.get(name) ?? []];
    return was.length === 0 || is.length === 0 || same(was, is)
      ? []
      : [{ name, before: was, after: is }];
  });
}

/** Requirements that hold the packages of PyTorch at their locked versions, in whichever build. */
export function torchPins(
  lockText: string | undefined,
  torch: TorchBackends,
): readonly string[] {
  const locked = lockedVersions(lockText);
  return torchFamily(torch).flatMap((name) => {
    const versions = (locked.get(name) ?? []).map((version) => version.replace(/\+.*$/, ""));
    const sorted = [...new Set(versions)].sort(compareVersions);
    if (sorted.length === 0) return [];
    const [newest, oldest] = [sorted[0]!, sorted.at(-1)!];
    const range = newest === oldest ? `==${newest}` : `>=${oldest},<=${newest}`;
    return [`${name}${range}`];
  });
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join() === [...b].sort().join();
}
