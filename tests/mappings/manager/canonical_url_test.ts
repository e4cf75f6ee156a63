import { equal } from "node:assert/strict";
import fc from "fast-check";
import { canonicalUrl, managerId } from "../../../src/mappings/mod.ts";

Deno.test("canonicalUrl() gives one form to all spellings of a repository", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["https://github.com/User/Repo", "github.com/user/repo"],
    ["https://github.com/user/repo.git", "github.com/user/repo"],
    ["https://github.com/user/repo/", "github.com/user/repo"],
    ["https://github.com/user/repo.git/", "github.com/user/repo"],
    ["http://www.github.com/user//repo/?tab=readme#top", "github.com/user/repo"],
    ["  https://token@github.com/user/repo ", "github.com/user/repo"],
    ["git@github.com:User/Repo.git", "github.com/user/repo"],
    ["ssh://git@github.com/user/repo", "github.com/user/repo"],
    ["htps://github.com/user/repo", "github.com/user/repo"],
    ["github.com/user/repo", "github.com/user/repo"],
    ["https://raw.githubusercontent.com/U/R/refs/heads/main/a%20b.py", "github.com/u/r"],
    ["https://gist.githubusercontent.com/u/7361b8/raw/f9/a.py", "gist.github.com/u/7361b8"],
    ["https://git.mmaker.moe/mmaker/sd-webui", "git.mmaker.moe/mmaker/sd-webui"],
    ["https://civitai.com/api/download/models/1?type=x", "civitai.com/api/download/models/1"],
    ["https://example.org/repo.github.io", "example.org/repo.github.io"],
    ["", ""],
    ["https://", ""],
    ["?", ""],
  ];
  for (const [url, canonical] of cases) equal(canonicalUrl(url), canonical, url);
});

Deno.test("canonicalUrl() of a canonical form is that form", () => {
  const part = fc.stringMatching(/^[A-Za-z0-9._-]{1,8}$/);
  const start = fc.constantFrom("https://", "", "HTTP://x:y@", "htps://www.");
  const host = fc.oneof(fc.domain(), fc.constantFrom("raw.githubusercontent.com", "www.a.b"));
  const ending = fc.constantFrom("", ".git", "/", ".git/", "?a=b", "#c");
  const url = fc.tuple(start, host, fc.array(part, { maxLength: 5 }), ending)
    .map(([scheme, name, parts, end]) => `${scheme}${[name, ...parts].join("/")}${end}`);
  fc.assert(
    fc.property(fc.oneof(url, fc.webUrl()), (one) => {
      const canonical = canonicalUrl(one);
      equal(canonicalUrl(canonical), canonical);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("managerId() names user and repository, the gist, or the host with its path", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["github.com/ltdrdata/comfyui-impact-pack", "manager_ltdrdata_comfyui_impact_pack"],
    ["gist.github.com/alkemann/7361b8eb", "manager_gist_7361b8eb"],
    ["git.mmaker.moe/mmaker/sd-webui", "manager_git.mmaker.moe_mmaker_sd_webui"],
    ["civitai.com/api/download/models/1", "manager_civitai.com_api_download_models_1"],
    ["github.com/使用者/repo", "manager_____repo"],
  ];
  for (const [canonical, id] of cases) equal(managerId(canonical), id);
});
