/**
 * A section of the changelog, as the notes of a release.
 *
 * @param changelog In the form of https://keepachangelog.com.
 * @returns The section of the version, else that of what is not released yet.
 */
export function changesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const own = sections.find((one) => one.startsWith(`[${version}]`)) ??
    sections.find((one) => one.startsWith("[Unreleased]")) ?? "";
  const text = own.slice(own.indexOf("\n") + 1).replace(/^\[[^\]]+\]: .*$/gm, "").trim();
  return `${text}\n`;
}

/**
 * An install script that knows where it comes from.
 *
 * @param address Of the repository; must hold nothing that a shell would read.
 */
export function withAddress(script: string, address: string): string {
  if (/["'`$\\\s]/.test(address)) throw new Error(`Cannot write ${address} into a script`);
  return script
    .replace('from="${COMFYDOCK_FROM:-}"', () => `from="\${COMFYDOCK_FROM:-${address}}"`)
    .replace(
      "$From = $env:COMFYDOCK_FROM,",
      () => `$From = $(if ($env:COMFYDOCK_FROM) { $env:COMFYDOCK_FROM } else { "${address}" }),`,
    );
}
