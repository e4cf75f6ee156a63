/**
 * The script of the report: it fills the table from the data in the page, filters, sorts, and shows more.
 *
 * Texts only ever become text nodes.
 */
export const REPORT_SCRIPT = `
"use strict";
(() => {
  const PAGE = 100;
  const data = JSON.parse(document.getElementById("data").textContent);
  const rows = data.map((cells, place) => {
    const [id, name, author, link, manager, downloads, stars, classes, released] = cells;
    const text = [id, name, author].join(" ").toLowerCase();
    return { id, name, author, link, manager, downloads, stars, classes, released, place, text };
  });
  const body = document.querySelector("#packages tbody");
  const input = document.getElementById("query");
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const heads = [...document.querySelectorAll("#packages th[data-sort]")];
  let shown = PAGE;
  let sort = "";
  let down = true;

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const number = (value) => String(value).replace(/\\B(?=(\\d{3})+$)/g, ",");
  const cell = (className, text) => element("td", className, text);

  const rowOf = (found) => {
    const row = document.createElement("tr");
    const head = element("th");
    head.scope = "row";
    const name = found.link ? element("a") : element("span");
    if (found.link) {
      name.href = found.link;
      name.rel = "noopener noreferrer";
    }
    name.append(element("bdi", "", found.name));
    const below = element("div", "small");
    below.append(element("bdi", "", found.id));
    if (found.author) below.append(" · ", element("bdi", "", found.author));
    if (found.manager) below.append(" · Manager");
    head.append(name, below);
    row.append(
      head,
      cell("number", number(found.downloads)),
      cell("number wide", number(found.stars)),
      cell("number wide", number(found.classes)),
      cell("wide", found.released || "–"),
    );
    return row;
  };

  const compare = (a, b) => {
    if (!sort) return a.place - b.place;
    const [left, right] = [a[sort], b[sort]];
    const order = left < right ? -1 : left > right ? 1 : 0;
    return (down ? -order : order) || a.place - b.place;
  };

  const show = () => {
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const found = rows.filter((row) => words.every((word) => row.text.includes(word))).sort(compare);
    body.replaceChildren(...found.slice(0, shown).map(rowOf));
    count.textContent = number(Math.min(shown, found.length)) + " of " + number(found.length) +
      (found.length === 1 ? " package" : " packages");
    more.hidden = found.length <= shown;
    for (const head of heads) {
      if (head.dataset.sort === sort) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  };

  input.addEventListener("input", () => { shown = PAGE; show(); });
  more.addEventListener("click", () => { shown += PAGE; show(); });
  for (const head of heads) {
    head.querySelector("button").addEventListener("click", () => {
      const chosen = head.dataset.sort;
      down = sort === chosen ? !down : chosen !== "name";
      sort = chosen;
      show();
    });
  }
  document.getElementById("find").hidden = false;
  show();
})();
`;
