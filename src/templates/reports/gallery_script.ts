/**
 * The script of galleries: it shows templates from the data in the page as cards, filters them, and shows more.
 *
 * Texts only ever become text nodes, and addresses come from the program that made the page.
 */
export const GALLERY_SCRIPT = `
"use strict";
(() => {
  const PAGE = 60;
  const names = ["id", "title", "description", "category", "media", "bundle", "size", "faults", "shown", "source", "workflow"];
  const all = JSON.parse(document.getElementById("data").textContent).map((cells) => {
    const one = Object.fromEntries(names.map((name, at) => [name, cells[at]]));
    one.text = [one.id, one.title, one.category, one.media, one.bundle].join(" ").toLowerCase();
    return one;
  });
  const grid = document.getElementById("cards");
  const input = document.getElementById("query");
  const faulty = document.getElementById("faulty");
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  let shown = PAGE;

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const show = (one) => {
    if (!one.source || one.shown === "none") return element("div", "blank", one.media);
    if (one.shown === "picture") {
      const made = element("img");
      made.loading = "lazy";
      made.alt = "";
      made.addEventListener("error", () => made.replaceWith(element("div", "blank", "no picture")));
      made.src = one.source;
      return made;
    }
    const made = element(one.shown === "video" ? "video" : "audio");
    made.controls = true;
    made.muted = one.shown === "video";
    made.preload = "none";
    made.src = one.source;
    return made;
  };
  const card = (one) => {
    const made = element("li", "card");
    const frame = element("div", "frame");
    frame.append(show(one));
    const name = element("h3");
    const label = one.workflow ? element("a") : element("span");
    if (one.workflow) label.href = one.workflow;
    label.append(element("bdi", "", one.title));
    name.append(label);
    const below = element("p", "small");
    below.append(element("bdi", "", one.id), " · " + one.category + " · " + one.size);
    made.append(frame, name, below);
    if (one.faults) {
      made.append(element("p", "small fault", one.faults + (one.faults === 1 ? " fault" : " faults")));
    }
    return made;
  };
  const update = () => {
    const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const found = all.filter((one) =>
      (!faulty.checked || one.faults > 0) && words.every((word) => one.text.includes(word))
    );
    grid.replaceChildren(...found.slice(0, shown).map(card));
    count.textContent = Math.min(shown, found.length) + " of " + found.length +
      (found.length === 1 ? " template" : " templates");
    more.hidden = found.length <= shown;
  };
  input.addEventListener("input", () => { shown = PAGE; update(); });
  faulty.addEventListener("change", () => { shown = PAGE; update(); });
  more.addEventListener("click", () => { shown += PAGE; update(); });
  document.getElementById("find").hidden = false;
  update();
})();
`;

/** The rules of galleries, besides those of all pages. */
export const GALLERY_STYLE = `
.cards{list-style:none;margin:.75rem 0 0;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,13rem),1fr))}
.card{min-width:0}
.card h3{font-size:1rem;font-weight:600;margin:.5rem 0 0;overflow-wrap:anywhere}
.card p{margin:.125rem 0 0;overflow-wrap:anywhere}
.frame{aspect-ratio:1;border:1px solid var(--rule);border-radius:.5rem;overflow:hidden;display:grid;place-items:center;background:var(--ground)}
.frame img,.frame video{width:100%;height:100%;object-fit:cover}
.frame audio{width:100%}
.blank{color:var(--soft);font-size:.875rem}
.fault{font-weight:600}
.check{display:flex;gap:.5rem;align-items:center;font-weight:400;margin-top:.5rem}
.list a{overflow-wrap:anywhere}
`;
