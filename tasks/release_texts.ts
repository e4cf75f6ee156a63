/** What of `deno.lock` a bill of materials tells. */
export interface Lock {
  readonly npm?: Readonly<Record<string, { readonly integrity?: string }>>;
}

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
 * The packages that are in the programs and the bundle, in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).
 *
 * @param lock The content of `deno.lock`.
 */
export function billOfMaterials({ npm = {} }: Lock, version: string): string {
  const components = Object.entries(npm).map(([key, { integrity }]) => {
    // What follows an underscore tells which peers it was resolved with.
    const [, name = "", number = ""] = /^(@?[^@]+)@([^_]+)/.exec(key) ?? [];
    const digest = /^sha512-(.+)$/.exec(integrity ?? "")?.[1];
    return {
      type: "library",
      "bom-ref": `pkg:npm/${name.replace("@", "%40")}@${number}`,
      name,
      version: number,
      purl: `pkg:npm/${name.replace("@", "%40")}@${number}`,
      ...(digest && {
        hashes: [{ alg: "SHA-512", content: Uint8Array.fromBase64(digest).toHex() }],
      }),
    };
  });
  const bill = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        name: "comfydock",
        version,
        licenses: [{ license: { id: "AGPL-3.0-only" } }],
      },
    },
    components: components.sort((a, b) => a.purl < b.purl ? -1 : 1),
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
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
