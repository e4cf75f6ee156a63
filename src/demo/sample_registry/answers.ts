/** Bodies go out as they are: compressing each answer would cost more than making it. */
const JSON_HEADERS = { "content-type": "application/json", "cache-control": "no-transform" };

/** Answers with JSON text. */
export function jsonAnswer(text: string, status = 200): Response {
  return new Response(text, { status, headers: JSON_HEADERS });
}

/** Answers with an error in the registry's shape. */
export function errorAnswer(status: number, message: string): Response {
  const error = status === 404 ? "Not Found" : status === 403 ? "Forbidden" : "Bad Request";
  return jsonAnswer(JSON.stringify({ error, message }), status);
}

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly page: number;
  readonly size: number;
  readonly pages: number;
}

/**
 * Cuts one page out of a list.
 *
 * @param all The whole list.
 * @param query `page` counts from 1; what is not a positive number becomes the default.
 */
export function cutPage<Item>(
  all: readonly Item[],
  query: { readonly page: string | null; readonly size: string | null; readonly usual: number },
  largest = Infinity,
): Page<Item> {
  const page = positive(query.page, 1);
  const size = Math.min(positive(query.size, query.usual), largest);
  const items = all.slice((page - 1) * size, page * size);
  return { items, page, size, pages: Math.ceil(all.length / size) };
}

function positive(text: string | null, usual: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : usual;
}
