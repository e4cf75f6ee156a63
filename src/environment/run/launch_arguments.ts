import { ComfydockError } from "../../base/mod.ts";
import { runErrors } from "./errors.ts";

/** What ComfyUI's arguments say about where it listens. */
export interface LaunchArguments {
  readonly port?: number;
  /** An address that this machine reaches it at. */
  readonly host: string;
  /** It speaks TLS. */
  readonly secure: boolean;
}

const LOOPBACK = "127.0.0.1";

/**
 * Reads where ComfyUI will listen out of the arguments that it is given; the last of each counts, as in argparse.
 *
 * https://github.com/comfyanonymous/ComfyUI/blob/master/comfy/cli_args.py
 *
 * @throws `RUN_ARGUMENTS_INVALID`
 */
export function readLaunchArguments(args: readonly string[]): LaunchArguments {
  const port = valueOf(args, "--port");
  return {
    port: port === undefined ? undefined : readPort(port),
    host: toReachable(valueOf(args, "--listen")),
    secure: args.some((word) => /^--tls-(certfile|keyfile)(=|$)/.test(word)),
  };
}

/** The last value of an option, written apart or with `=`; empty when it stands alone. */
function valueOf(args: readonly string[], option: string): string | undefined {
  const at = args.findLastIndex((word) => word === option || word.startsWith(`${option}=`));
  if (at < 0) return undefined;
  const word = args[at]!;
  if (word !== option) return word.slice(option.length + 1);
  const next = args[at + 1];
  return next === undefined || next.startsWith("-") ? "" : next;
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65535) return port;
  throw new ComfydockError(
    runErrors.RUN_ARGUMENTS_INVALID,
    `Cannot use "${text}" as ComfyUI's port: expected a number from 1 to 65535`,
    {
      hint: "Leave --port out behind `--`, and give it to comfydock: --port auto finds a free one",
    },
  );
}

/** `--listen` alone means every address, and so does a wildcard; the first of several is taken. */
function toReachable(listen: string | undefined): string {
  const first = listen?.split(",")[0]?.trim();
  return first === undefined || first === "" || first === "0.0.0.0"
    ? LOOPBACK
    : first === "::"
    ? "::1"
    : first;
}
