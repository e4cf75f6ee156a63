/** What of `deno.lock` a bill of materials tells. */
export interface Lock {
  readonly npm?: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly integrity?: string;
  /** Names, with a version where the lock has several. */
  readonly dependencies?: readonly string[];
}

/** What is shipped, and what with. */
export interface Shipment {
  /** Of comfydock. */
  readonly version: string;
  /** The version of Deno, which is part of the programs. */
  readonly deno: string;
  /** Packages that the shipped sources import, as keys of the lock such as `yaml@2.9.1`. */
  readonly imported: readonly string[];
}

/**
 * What is in the programs and the bundle, in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).
 *
 * Packages that only tests and tasks use stay out. Equal locks give equal bytes, so that it has no serial number and
 * no time.
 *
 * @param lock The content of `deno.lock`.
 * @throws when the lock lacks a package that is imported.
 */
export function billOfMaterials({ npm = {} }: Lock, shipment: Shipment): string {
  const { version, deno } = shipment;
  const keys = [...closure(npm, shipment.imported)].sort();
  const runtime = `pkg:github/denoland/deno@v${deno}`;
  const bill = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": "comfydock",
        name: "comfydock",
        version,
        licenses: [{ license: { id: "AGPL-3.0-only" } }],
      },
    },
    components: [
      { type: "platform", "bom-ref": runtime, name: "deno", version: deno, purl: runtime },
      ...keys.map((key) => component(key, npm[key]!)),
    ],
    dependencies: [
      {
        ref: "comfydock",
        dependsOn: [runtime, ...shipment.imported.map(packageUrl).sort()],
      },
      ...keys.map((key) => ({
        ref: packageUrl(key),
        dependsOn: dependenciesOf(npm, key).map(packageUrl).sort(),
      })),
    ],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

function component(key: string, { integrity }: LockedPackage) {
  const { name, version } = split(key);
  const purl = packageUrl(key);
  const digest = /^sha512-(.+)$/.exec(integrity ?? "")?.[1];
  return {
    type: "library",
    "bom-ref": purl,
    name,
    version,
    purl,
    ...(digest && {
      hashes: [{ alg: "SHA-512", content: Uint8Array.fromBase64(digest).toHex() }],
    }),
  };
}

type Packages = NonNullable<Lock["npm"]>;

function closure(npm: Packages, keys: readonly string[], found = new Set<string>()): Set<string> {
  for (const key of keys) {
    if (found.has(key)) continue;
    if (!npm[key]) throw new Error(`Cannot tell what is shipped: deno.lock has no ${key}`);
    found.add(key);
    closure(npm, dependenciesOf(npm, key), found);
  }
  return found;
}

function dependenciesOf(npm: Packages, key: string): readonly string[] {
  return (npm[key]?.dependencies ?? []).map((written) =>
    npm[written]
      ? written
      : Object.keys(npm).find((other) => split(other).name === written) ?? written
  );
}

function split(key: string): { readonly name: string; readonly version: string } {
  // What follows an underscore tells which peers it was resolved with.
  const [, name = "", version = ""] = /^(@?[^@]+)@([^_]+)/.exec(key) ?? [];
  return { name, version };
}

function packageUrl(key: string): string {
  const { name, version } = split(key);
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}
