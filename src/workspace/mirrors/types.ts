import type { Reporter } from "../../base/mod.ts";
import type { Git } from "../../tools/mod.ts";

/** A repository that is mirrored. */
export interface MirrorSource {
  /** What git reads from: a URL, or an absolute path. */
  readonly url: string;
  /** Name of its mirror's directory, such as `comfyui-1f0c2ab9.git`; equal for all spellings of one repository. */
  readonly mirror: string;
}

/** What keeping mirrors asks of the outside world. */
export interface MirrorWorld {
  readonly git: Git;
  /** Directory of the mirrors; made when it is missing. */
  readonly mirrors: string;
  /** Keeps other processes from the mirror of this name while the work goes on. */
  readonly exclusively: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
  readonly report: Reporter;
}
