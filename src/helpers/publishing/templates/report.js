"use strict";
/* Texts of the report get into elements by textContent or as clones of what is in the page, never as markup. */

const byId = id => document.getElementById(id);
const card = byId("card"), finder = byId("finder"), query = byId("query"), results = byId("results");

/* A figure opens its card: a copy of its entry in the register. The dialog itself keeps the focus in, and gives it back. */
function showCard(figure) {
  const entry = byId(`fact-${figure.dataset.fact}`).cloneNode(true);
  entry.removeAttribute("id");
  entry.querySelector(".label").id = "card-title";
  card.lastElementChild.replaceWith(entry);
  figure.focus();
  card.showModal();
}

function closeDialogs() {
  for (const dialog of [card, finder]) dialog.close();
}

addEventListener("click", event => {
  const pressed = event.target.closest("a, button");
  if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (pressed.dataset.fact) {
    event.preventDefault();
    showCard(pressed);
  } else if (pressed.matches(".close")) {
    pressed.parentElement.close();
  } else if (pressed.matches("dialog a[href^='#']")) {
    closeDialogs();
  }
});
for (const figure of document.querySelectorAll("a[data-fact]")) figure.setAttribute("aria-haspopup", "dialog");

/* Search: figures by label, value and id first, then the report's text. */
const plain = text => text.replace(/\s+/g, " ").trim();
const textOf = element => plain([...element.cells ?? [element]].map(part => part.textContent).join(" ").replaceAll("△", ""));
let places;

function readPlaces() {
  const figures = [...document.querySelectorAll("#register .entry")].map(entry => {
    const [element, value, id] = [".label", ".shown", "code"].map(name => entry.querySelector(name));
    return { element, text: textOf(element), note: `${textOf(value)} ${id.textContent}`, fact: id.textContent };
  });
  const texts = document.querySelectorAll(".part :is(h2, h3, h4, figcaption), .part > p:not(.evidence), .table :is(tr, .note)");
  return figures.concat([...texts].map(element => ({
    element,
    text: textOf(element),
    note: textOf(element.closest("section").querySelector("h2")),
  })));
}

function resultOf({ element, text, note, fact }, wanted) {
  const start = text.toLowerCase().indexOf(wanted);
  const end = start < 0 ? 0 : start + wanted.length;
  const from = Math.max(0, start - 16);
  const mark = document.createElement("mark");
  mark.textContent = text.slice(Math.max(0, start), end);
  const said = document.createElement("span");
  said.append(from ? "…" : "", text.slice(from, Math.max(0, start)), mark, text.slice(end, end + 60));
  said.style.fontFamily = getComputedStyle(element).fontFamily;
  const below = document.createElement("small");
  below.textContent = note;
  const link = document.createElement("a");
  link.href = `#${element.closest("[id]").id}`;
  link.append(said, below);
  if (fact) link.dataset.fact = fact;
  else link.addEventListener("click", event => {
    event.preventDefault();
    closeDialogs();
    element.tabIndex = -1;
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
  });
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function search() {
  const wanted = plain(query.value).toLowerCase();
  places ??= readPlaces();
  const holds = ({ text, note, fact }) => (fact ? `${text} ${note}` : text).toLowerCase().includes(wanted);
  const found = wanted ? places.filter(holds) : [];
  results.replaceChildren(...found.map(place => resultOf(place, wanted)));
  byId("count").textContent = found.length;
  byId("count").parentElement.hidden = !wanted;
}

query.addEventListener("input", search);
query.addEventListener("keydown", event => {
  if (event.key !== "Enter") return;
  event.preventDefault(); /* or the key would press what has the focus next */
  results.querySelector("a")?.click();
});
byId("find").addEventListener("click", () => finder.showModal());
byId("find").hidden = false;

/* The side navigation marks where the reader is. */
const side = document.querySelector(".side");
const headings = [...side.querySelectorAll("a")].map(link => [link, byId(link.hash.slice(1))]);

function markCurrent() {
  const passed = headings.filter(([, heading]) => heading.getBoundingClientRect().top < innerHeight / 3);
  const current = passed.at(-1)?.[0];
  const marked = side.querySelector("[aria-current]");
  if (current === marked) return;
  marked?.removeAttribute("aria-current");
  current?.setAttribute("aria-current", "location");
  if (current) side.scrollTop = current.offsetTop - side.clientHeight / 2;
}

addEventListener("scroll", markCurrent, { passive: true });
markCurrent();
