import { freeSpace, listTrash, onSameDevice } from "../../workspace/mod.ts";
import { toFinding } from "./to_finding.ts";
import type { DoctorWorld, Finding } from "./types.ts";

const GIB = 2 ** 30;
/** With less, not even a small environment fits. */
const LEAST_FREE = GIB;
/** A PyTorch with CUDA takes about so much. */
const GOOD_FREE = 10 * GIB;
const MUCH_TRASH = 10 * GIB;

/** Looks at the room on the disk, whether it can be written, and whether files can be shared with uv's cache. */
export async function checkDisk({ workspace, uvCache }: DoctorWorld): Promise<readonly Finding[]> {
  try {
    const free = await freeSpace(workspace.root);
    const trash = (await listTrash(workspace)).reduce((sum, { bytes }) => sum + bytes, 0);
    return [
      judgeRoom(free),
      ...await tryToWrite(workspace.metadata),
      ...(await onSameDevice(uvCache, workspace.environments) ? [] : [
        {
          check: "disk",
          severity: "warning",
          message:
            `uv's cache "${uvCache}" is on another disk than the environments, so packages are copied`,
          hint: "Run comfydock config set uv_cache_dir DIR with a directory on the same disk",
        } as const,
      ]),
      ...(trash < MUCH_TRASH ? [] : [
        {
          check: "disk",
          severity: "info",
          message: `The trash holds ${gib(trash)}`,
          hint: "Run comfydock trash empty --older-than 30",
        } as const,
      ]),
    ];
  } catch (error) {
    return [toFinding("disk", error)];
  }
}

function judgeRoom(free: number): Finding {
  const message = `${gib(free)} are free`;
  if (free >= GOOD_FREE) return { check: "disk", severity: "ok", message };
  return {
    check: "disk",
    severity: free < LEAST_FREE ? "error" : "warning",
    message: `Only ${message}`,
    hint: "Run comfydock cache prune and comfydock trash empty, or free some room elsewhere",
  };
}

async function tryToWrite(directory: string): Promise<readonly Finding[]> {
  try {
    const probe = await Deno.makeTempFile({ dir: directory, prefix: ".doctor-" });
    await Deno.remove(probe);
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [{
      check: "disk",
      severity: "error",
      message: `The workspace cannot be written: ${why}`,
      hint: `Give yourself the right to write in "${directory}"`,
    }];
  }
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`;
}
