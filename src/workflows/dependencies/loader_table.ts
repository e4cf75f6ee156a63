import {
  optional,
  parseToml,
  readAssetText,
  readList,
  readNumber,
  readRecord,
  readText,
} from "../../base/mod.ts";

/** A widget that names a file. */
export interface FileWidget {
  /** Its name, as the API format and newer editors have it. */
  readonly widget: string;
  /** Its position among the values of the editor's format. */
  readonly index: number;
  /** ComfyUI's folders of models; none for input files. */
  readonly folders: readonly string[];
}

/** Which widgets of which classes name files. */
export interface LoaderTable {
  readonly models: ReadonlyMap<string, readonly FileWidget[]>;
  readonly inputs: ReadonlyMap<string, readonly FileWidget[]>;
}

const ASSET = "config/model_loaders.toml";

/** Reads the table that comfydock ships. */
export async function readLoaderTable(): Promise<LoaderTable> {
  const tables = readRecord(parseToml(await readAssetText(ASSET), ASSET), "$");
  return {
    models: readTable(tables.models, "$.models"),
    inputs: readTable(tables.inputs, "$.inputs"),
  };
}

function readTable(value: unknown, path: string): ReadonlyMap<string, readonly FileWidget[]> {
  return new Map(
    Object.entries(readRecord(value, path)).map(([name, widgets]) => {
      const place = `${path}.${name}`;
      return [name, readList(widgets, place).map((item) => readWidget(item, place))];
    }),
  );
}

function readWidget(value: unknown, path: string): FileWidget {
  const { widget, index, folders } = readRecord(value, path);
  return {
    widget: readText(widget, path),
    index: readNumber(index, path),
    folders: optional(folders, path, readList)?.map((folder) => readText(folder, path)) ?? [],
  };
}
