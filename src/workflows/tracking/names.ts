const FOLDER = "workflows/";
const ENDING = /\.json$/i;

/** What people call a workflow, by its file below `.cec`: `workflows/a/b.json` is `a/b`. */
export function workflowName(file: string): string {
  return file.replace(FOLDER, "").replace(ENDING, "");
}

/** The file below `.cec` of a workflow that people name; with or without its ending, with any separators. */
export function workflowFile(name: string): string {
  const path = name.replaceAll("\\", "/").replace(ENDING, "");
  return `${FOLDER}${path}.json`;
}
