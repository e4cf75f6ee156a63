import type { IndexedModel } from "../types.ts";
import { type Row, type RowReader, toModel } from "./rows.ts";

const LOCATIONS = "SELECT * FROM model_locations";
const ORDER = "ORDER BY directory, relative_path";

/** The model with an id, or none. */
export function readModel(index: RowReader, id: number): readonly IndexedModel[] {
  const [row] = index.all("SELECT * FROM models WHERE id = ?", [id]);
  if (!row) return [];
  return [toModel(
    row,
    index.all("SELECT * FROM model_hashes WHERE model_id = ?", [id]),
    index.all(`${LOCATIONS} WHERE model_id = ? ${ORDER}`, [id], { big: true }),
    index.all("SELECT * FROM model_sources WHERE model_id = ? ORDER BY url", [id]),
  )];
}

/** Every model, by name; each table is read once. */
export function readAllModels(index: RowReader): readonly IndexedModel[] {
  const hashes = byModel(index.all("SELECT * FROM model_hashes"));
  const locations = byModel(index.all(`${LOCATIONS} ${ORDER}`, [], { big: true }));
  const sources = byModel(index.all("SELECT * FROM model_sources ORDER BY url"));
  const rows = index.all("SELECT * FROM models ORDER BY name COLLATE NOCASE, id");
  return rows.map((row) => {
    const id = Number(row.id);
    return toModel(row, hashes.get(id) ?? [], locations.get(id) ?? [], sources.get(id) ?? []);
  });
}

function byModel(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  return Map.groupBy(rows, (row) => Number(row.model_id));
}
