import { readAssetText, readList, readNumber, readRecord, readText } from "../../base/mod.ts";

/** A wheel of the pinned uv. */
export interface UvWheel {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** Which uv is fetched, and which is new enough. */
export interface UvPin {
  /** The version that is fetched where none is installed. */
  readonly version: string;
  /** The oldest installed version that is used. */
  readonly minimum: string;
  /** One for each platform. */
  readonly wheels: readonly UvWheel[];
}

/** Reads `config/uv.json`, which `tasks/uv_wheels.ts` writes. */
export async function readUvPin(): Promise<UvPin> {
  const record = readRecord(JSON.parse(await readAssetText("config/uv.json")), "$");
  return {
    version: readText(record.version, "$.version"),
    minimum: readText(record.minimum, "$.minimum"),
    wheels: readList(record.wheels, "$.wheels").map((item, at) => {
      const wheel = readRecord(item, `$.wheels[${at}]`);
      return {
        file: readText(wheel.file, `$.wheels[${at}].file`),
        size: readNumber(wheel.size, `$.wheels[${at}].size`),
        sha256: readText(wheel.sha256, `$.wheels[${at}].sha256`),
      };
    }),
  };
}
