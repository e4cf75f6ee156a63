import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import {
  openRepository,
  type TemplateRepository,
  workingFiles,
} from "../../../src/templates/mod.ts";
import { checkPins, planPins } from "../../../src/templates/packages/mod.ts";
import { runInProcess } from "../../support/run_in_process.ts";
import { type TemplateFixture, templateRepository } from "../../support/template_repository.ts";
import { metaPyproject } from "../../support/templates/python_sources.ts";

/** A fixture whose meta package has these requirements. */
async function withPins(
  dependencies: readonly string[],
  extras: Readonly<Record<string, readonly string[]>> = {},
): Promise<TemplateFixture> {
  const fixture = await templateRepository("seed", { git: false });
  const facts = { name: "demo-templates", version: "0.5.0", module: "demo_templates" };
  await fixture.write("pyproject.toml", metaPyproject({ ...facts, dependencies }, extras));
  return fixture;
}

const open = ({ root }: TemplateFixture): Promise<TemplateRepository> =>
  openRepository(workingFiles(root));

async function pinned(
  dependencies: readonly string[],
  extras: Readonly<Record<string, readonly string[]>> = {},
): Promise<readonly string[]> {
  await using fixture = await withPins(dependencies, extras);
  return planPins(await open(fixture)).pins.map(({ to }) => to);
}

async function faults(
  dependencies: readonly string[],
  extras: Readonly<Record<string, readonly string[]>> = {},
): Promise<readonly string[]> {
  await using fixture = await withPins(dependencies, extras);
  return checkPins(await open(fixture)).map(({ code, line }) => `${code}:${line ?? "?"}`);
}

const CORE = "demo-core==0.3.4";
const API = "demo-media-api==0.3.5";
const IMAGE = "demo-media-image==0.3.1";

Deno.test("right pins are left alone", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const repository = await open(fixture);
  deepEqual(checkPins(repository), []);
  deepEqual(planPins(repository), { pins: [], changes: [] });
});

Deno.test("point 30: all extras are pinned, also when the dependencies are right already", async () => {
  const extras = {
    api: ["demo-media-api>=0.3.4"],
    all: [CORE, "demo-media-api==0.3.4", "pillow>=9"],
  };
  deepEqual(await pinned([CORE, API, IMAGE], extras), [API, API]);
});

Deno.test("point 31: names are the same whatever stands between their words, and stay as written", async () => {
  const odd = ["Demo_Core==0.3.4", "demo.media__api>=0.1", "DEMO-media.image[x] == 0.3.0"];
  deepEqual(await pinned(odd), ["demo.media__api==0.3.5", "DEMO-media.image[x]==0.3.1"]);
});

Deno.test("point 32: ranges are found with file and line", async () => {
  await using fixture = await withPins([CORE, "demo-media-api>=0.3.4", IMAGE]);
  const [found, ...others] = checkPins(await open(fixture));
  deepEqual(others, []);
  deepEqual([found?.code, found?.file, found?.line, found?.path], [
    "E_PIN_RANGE",
    "pyproject.toml",
    15,
    "project.dependencies.1",
  ]);
});

Deno.test("point 34: a package that the meta package does not pin is told, and added", async () => {
  deepEqual(await faults([CORE, API]), ["E_PIN_MISSING:?"]);
  deepEqual(await pinned([CORE, API]), [IMAGE]);
});

Deno.test("point 35: a pin to another version than the package has is told", async () => {
  deepEqual(await faults([CORE, "demo-media-api==0.3.4", IMAGE]), ["E_PIN_MISMATCH:15"]);
});

Deno.test("point 36: ranges of other packages than meta are warnings of their own", async () => {
  await using fixture = await templateRepository("today", { git: false });
  const found = checkPins(await open(fixture));
  deepEqual(found.map(({ code, severity, file }) => `${severity} ${code} ${file}`), [
    "warning W_INTERNAL_RANGE packages/blueprints/pyproject.toml",
  ]);
});

Deno.test("point 37: two pins that exclude each other are told, unless their markers do", async () => {
  const marked = [`${API}; python_version<"3.13"`, 'demo-media-api==0.3.5; python_version>="3.13"'];
  deepEqual(await faults([CORE, IMAGE, ...marked]), []);
  deepEqual(await faults([CORE, API, IMAGE, "demo-media-api==0.3.4"]), [
    "E_PIN_MISMATCH:17",
    "E_PIN_CONFLICT:17",
  ]);
});

Deno.test("point 84: a pin of a package that is gone is told, what is only called like one is warned of", async () => {
  const left = "demo-media-video==0.1.0";
  await using fixture = await withPins([CORE, API, IMAGE, left, "demo-fonts==2", "pillow>=9"]);
  const found = checkPins(await open(fixture), new Set(["demo-core", "demo-media-video"]));
  deepEqual(found.map(({ code, message }) => `${code} ${message.split('"')[1]}`), [
    `E_PIN_LEFT_BEHIND ${left}`,
    "W_PIN_UNKNOWN demo-fonts==2",
  ]);
  deepEqual(await faults([CORE, API, IMAGE, left, "pillow>=9", "demonstrate==1"]), [
    "W_PIN_UNKNOWN:17",
  ]);
});

Deno.test("point 84: the history tells which packages are gone", async () => {
  await using fixture = await templateRepository("seed");
  await Deno.remove(join(fixture.root, "packages/media_image"), { recursive: true });
  const { code, json } = await runInProcess(
    ["templates", "packages", "check", "pins", "-C", fixture.root, "--json"],
    { env: { PATH: Deno.env.get("PATH") ?? "" } },
  );
  const { findings } = json?.data as { findings: { code: string; message: string }[] };
  equal(code, 1);
  deepEqual(new Set(findings.map((one) => one.code)), new Set(["E_PIN_LEFT_BEHIND"]));
});

Deno.test("scenario 5, dependency hell: every kind of range becomes an exact pin, and the rest stays", async () => {
  const cases: readonly (readonly [range: string, pin: string])[] = [
    ["demo-media-api>=0.3.4", API],
    ["demo-media-api~=0.3.4", API],
    ["demo-media-api>=0.3.4,<0.4", API],
    ["demo-media-api", API],
    ["demo-media-api==0.3.*", API],
    ["demo-media-api (>=0.3.4)", API],
    ['demo-media-api>=0.3.4 ; python_version<"3.13"', `${API} ; python_version<"3.13"`],
    ['demo-media-api>=0.3; python_version<"3.13"', `${API}; python_version<"3.13"`],
  ];
  for (const [range, pin] of cases) {
    await using fixture = await withPins([CORE, range, IMAGE, "pillow>=9"]);
    deepEqual(checkPins(await open(fixture)).map(({ code }) => code), ["E_PIN_RANGE"]);
    const { changes: [change] } = planPins(await open(fixture));
    const text = new TextDecoder().decode(change?.after);
    const before = await fixture.read("pyproject.toml");
    equal(text, before.replace(JSON.stringify(range), JSON.stringify(pin)), range);
  }
});

Deno.test("comments, order and line ends stay where pins change", async () => {
  await using fixture = await templateRepository("seed", { git: false });
  const text = (await fixture.read("pyproject.toml"))
    .replace('"demo-core==0.3.4",', '"demo-core==0.3.4", # the loader')
    .replace('"demo-media-api==0.3.5",', '# pictures of partners\n    "demo-media-api>=0.3.4",')
    .replaceAll("\n", "\r\n");
  await fixture.write("pyproject.toml", text);
  const { changes: [change] } = planPins(await open(fixture));
  equal(new TextDecoder().decode(change?.after), text.replace(">=0.3.4", "==0.3.5"));
});
