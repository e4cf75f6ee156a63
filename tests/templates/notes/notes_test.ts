import { deepEqual, equal } from "node:assert/strict";
import { insertSection, releaseNotes, renderNotes } from "../../../src/templates/notes/mod.ts";
import { templateRepository } from "../../support/template_repository.ts";
import { compare } from "../../support/templates/comparisons.ts";
import { addTemplate, setVersion } from "../../support/templates/package_commands.ts";

Deno.test("point 80: notes name templates and packages, and are the same on a second run", async () => {
  await using fixture = await templateRepository("seed");
  await addTemplate(fixture, "api_b", "media-api");
  await fixture.git("mv", "templates/img_a.json", "templates/img_z.json");
  await fixture.git("mv", "templates/img_a-1.webp", "templates/img_z-1.webp");
  await fixture.change<Record<string, string[]>>(
    "bundles.json",
    (bundles) => void (bundles["media-image"] = ["img_z"]),
  );
  await fixture.write("templates/api_a.json", "{}");
  await setVersion(fixture, "packages/media_api", "0.3.6");
  await setVersion(fixture, ".", "0.6.0");
  const notes = renderNotes(releaseNotes(await compare(fixture)));
  deepEqual(notes, [
    "## 0.6.0",
    "",
    "### Templates added",
    "",
    "- `api_b`",
    "",
    "### Templates changed",
    "",
    "- `api_a`",
    "",
    "### Templates renamed",
    "",
    "- `img_a` → `img_z`",
    "",
    "### Packages",
    "",
    "- `demo-media-api` 0.3.5 → 0.3.6",
    "- `demo-templates` 0.5.0 → 0.6.0",
  ]);
  deepEqual(renderNotes(releaseNotes(await compare(fixture))), notes);
});

Deno.test("point 80: a section of the changelog takes the place of its older self, and nothing else moves", () => {
  const section = ["## 0.6.0", "", "- new"];
  const cases: readonly (readonly [before: string, after: string])[] = [
    ["", "# Changelog\n\n## 0.6.0\n\n- new\n"],
    ["# Ours\n\nText.\n", "# Ours\n\nText.\n\n## 0.6.0\n\n- new\n"],
    [
      "# Changelog\r\n\r\n## 0.5.0\r\n\r\n- old\r\n",
      "# Changelog\r\n\r\n## 0.6.0\r\n\r\n- new\r\n\r\n## 0.5.0\r\n\r\n- old\r\n",
    ],
    [
      "# Changelog\n\n## 0.6.0\n\n- draft\n- more\n\n## 0.5.0\n\n- old\n",
      "# Changelog\n\n## 0.6.0\n\n- new\n\n## 0.5.0\n\n- old\n",
    ],
    ["## 0.6.0\n\n- draft\n", "## 0.6.0\n\n- new\n"],
    [
      "## 0.7.0\n\n- next\n\n## [0.6.0] - 2025-11-01\n\n- draft\n\n## 0.6.0-rc.1\n\n- old\n",
      "## 0.7.0\n\n- next\n\n## [0.6.0] - 2025-11-01\n\n- new\n\n## 0.6.0-rc.1\n\n- old\n",
    ],
    [
      "## [Unreleased]\n\n- later\n\n## v0.5.0\n\n- old\n",
      "## [Unreleased]\n\n- later\n\n## 0.6.0\n\n- new\n\n## v0.5.0\n\n- old\n",
    ],
  ];
  for (const [before, after] of cases) {
    equal(insertSection(before, section), after);
    equal(insertSection(after, section), after);
  }
});
