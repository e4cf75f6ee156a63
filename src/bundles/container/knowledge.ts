import {
  ComfydockError,
  invalidData,
  parseToml,
  readAssetText,
  readList,
  readRecord,
  readText,
} from "../../base/mod.ts";
import { containerErrors } from "./errors.ts";
import type { ContainerBase, ContainerGpu, ContainerKnowledge } from "./types.ts";

const CONFIG = "config/container.toml";
const GPUS: readonly ContainerGpu[] = ["none", "nvidia", "amd"];
/** A name, perhaps with a registry, then a tag or a digest. https://github.com/distribution/reference */
const IMAGE =
  /^[a-z0-9][a-z0-9._/-]*(?::\d+\/[a-z0-9][a-z0-9._/-]*)?(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/** Reads what ships with comfydock about images. */
export async function readContainerKnowledge(): Promise<ContainerKnowledge> {
  const table = parseToml(await readAssetText(CONFIG), CONFIG);
  const system = readRecord(table.system, "$.system");
  const texts = (value: unknown, path: string) =>
    readList(value, path).map((item) => readText(item, path));
  return {
    uvImage: readText(readRecord(table.uv, "$.uv").image, "$.uv.image"),
    packages: texts(system.packages, "$.system.packages"),
    buildPackages: texts(system.build, "$.system.build"),
    bases: readList(table.bases, "$.bases").map((value, at) => {
      const path = `$.bases[${at}]`;
      const row = readRecord(value, path);
      const gpu = GPUS.find((each) => each === row.gpu);
      if (gpu === undefined) throw invalidData(`${path}.gpu`, GPUS.join(", "), row.gpu);
      return {
        backends: new RegExp(`^(?:${readText(row.pattern, `${path}.pattern`)})$`),
        image: readText(row.image, `${path}.image`),
        gpu,
      };
    }),
  };
}

/**
 * Chooses the image for a torch backend.
 *
 * @param backend `cpu`, `cuNNN`, `rocmX.Y`, `xpu` or `none`.
 * @param given The image that was asked for instead, with a tag or a digest.
 * @throws `CONTAINER_BASE_UNKNOWN`
 */
export function chooseBase(
  { bases }: ContainerKnowledge,
  backend: string,
  given?: string,
): ContainerBase {
  const known = bases.find(({ backends }) => backends.test(backend));
  if (given !== undefined) {
    requirePinned(given);
    return { image: given, gpu: known?.gpu ?? gpuOf(backend) };
  }
  if (known) return { image: known.image, gpu: known.gpu };
  throw new ComfydockError(
    containerErrors.CONTAINER_BASE_UNKNOWN,
    `Cannot choose an image for the torch backend "${backend}"`,
    {
      hint: "Name one with --base-image IMAGE:TAG, of Ubuntu or a system like it",
      details: { backend },
    },
  );
}

function gpuOf(backend: string): ContainerGpu {
  return backend.startsWith("cu") ? "nvidia" : backend.startsWith("rocm") ? "amd" : "none";
}

function requirePinned(image: string): void {
  const [named = "", digest] = image.split("@");
  const tag = /:([^/:]+)$/.exec(named)?.[1];
  const pinned = digest !== undefined || (tag !== undefined && tag !== "latest");
  if (IMAGE.test(image) && pinned) return;
  throw new ComfydockError(
    containerErrors.CONTAINER_BASE_UNKNOWN,
    `Cannot build on "${image.slice(0, 200)}": it is no name of an image with a tag or a digest`,
    { hint: "Name it such as ubuntu:24.04 or NAME@sha256:DIGEST; latest is no pin" },
  );
}
