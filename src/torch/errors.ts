import { defineErrors, type ErrorKind, ExitCode } from "../base/mod.ts";

/** The error kinds of finding out which build of PyTorch suits this machine. */
export const torchErrors: Readonly<Record<"TORCH_DRIVER_INVALID", ErrorKind>> = defineErrors({
  TORCH_DRIVER_INVALID: {
    exit: ExitCode.usage,
    meaning: "COMFYDOCK_CUDA_DRIVER_VERSION is not the version of a driver",
  },
});
