/** The systems that PyTorch has builds for; names of `Deno.build.os`. */
export type TorchPlatform = "linux" | "windows" | "darwin";

/** One thing that was looked at. */
export interface TorchEvidence {
  /** The program or variable that said it, such as `nvidia-smi`. */
  readonly source: string;
  /** What it said and what follows, one sentence without a full stop. */
  readonly finding: string;
}

/** The build of PyTorch that suits this machine, and why. */
export interface TorchDetection {
  /** `cpu`, `cuNNN`, `rocmX.Y` or `xpu`. */
  readonly backend: string;
  /** In the order in which it was found. */
  readonly evidence: readonly TorchEvidence[];
}

/** What looking for one kind of GPU came to. */
export interface Findings {
  /** Absent when no build fits. */
  readonly backend?: string;
  readonly evidence: readonly TorchEvidence[];
}
