// The reading view: words light with their card and back, the chain stands beside a number, layers of marks come and go.
import { act } from "./keys.js";

const room = () => document.querySelector(".reading");

function light(name, on) {
  for (const mark of room().querySelectorAll(`mark.${name}, [data-n="${name}"]`)) mark.classList.toggle("lit", on);
}

let lit = "";
function only(name) {
  if (lit === name) return;
  if (lit) light(lit, false);
  lit = name;
  if (lit) light(lit, true);
}

// --- the chain beside a number in the text ---

let hover = null;
let leaving = 0;

function showChain(anchor) {
  clearTimeout(leaving);
  const card = document.getElementById(anchor.getAttribute("href").slice(1));
  const chain = card?.querySelector(".chain");
  hideChain();
  if (!card || !chain) return;
  hover = document.createElement("div");
  hover.className = "hover";
  hover.id = "hover";
  hover.setAttribute("role", "tooltip");
  const kind = document.createElement("div");
  kind.className = "soft small";
  kind.textContent = card.querySelector(".kind")?.textContent ?? "";
  hover.append(kind, chain.cloneNode(true), card.querySelector(".stances")?.cloneNode(true) ?? "");
  hover.addEventListener("pointerenter", () => clearTimeout(leaving)); // it stays while the pointer is on it
  hover.addEventListener("pointerleave", leave);
  document.body.append(hover);
  anchor.setAttribute("aria-describedby", "hover");
  place(anchor.getBoundingClientRect());
}

function place(at) {
  // below the line, so that the sentence itself stays in sight; above it where there is no room
  const box = hover.getBoundingClientRect();
  const below = at.bottom + 8;
  hover.style.top = `${below + box.height < innerHeight ? below : Math.max(8, at.top - box.height - 8)}px`;
  hover.style.left = `${Math.max(8, Math.min(at.left - 12, innerWidth - box.width - 16))}px`;
}

function hideChain() {
  if (!hover) return false;
  document.querySelector("[aria-describedby=hover]")?.removeAttribute("aria-describedby");
  hover.remove();
  hover = null;
  return true;
}

function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(hideChain, 250);
}

// --- to a card, to its words ---

function intoView(one) {
  const column = one.closest(".records");
  if (column && getComputedStyle(column).overflowY === "auto") {
    const above = one.getBoundingClientRect().top - column.getBoundingClientRect().top;
    column.scrollTo({ top: column.scrollTop + above - column.clientHeight / 3, behavior: "auto" });
  } else one.scrollIntoView({ block: "center" });
}

function follow() {
  const key = decodeURIComponent(location.hash.slice(1)) || location.pathname.split("/")[3] || "";
  const card = key && document.getElementById(`k-${key.replace(/^k-/, "")}`);
  if (!card) return document.getElementById("range")?.scrollIntoView({ block: "center" });
  only(card.dataset.n);
  const words = room().querySelector(`mark.${card.dataset.n}`);
  if (!key.startsWith("k-")) (words ?? document.getElementById(key))?.scrollIntoView({ block: "center" });
  intoView(card);
}

function wordsOf(card) {
  const words = room().querySelector(`mark.${card.dataset.n}`);
  if (words && getComputedStyle(document.querySelector(".records")).position === "sticky") words.scrollIntoView({ block: "center" });
}

export function start() {
  const page = room();
  page.addEventListener("pointerover", (event) => {
    const one = event.target.closest("[data-n], .body mark");
    if (!one) return;
    const number = one.closest(".body sup a");
    if (number) showChain(number);
    if (one.dataset.n) only(one.dataset.n);
  });
  page.addEventListener("pointerout", (event) => {
    if (event.target.closest(".body sup a")) leave();
    if (event.target.closest("[data-n]")) only("");
  });
  page.addEventListener("focusin", (event) => {
    const number = event.target.closest(".body sup a");
    if (number) showChain(number), only(number.dataset.n);
    else if (event.target.closest(".card")) only(event.target.closest(".card").dataset.n);
  });
  page.addEventListener("focusout", (event) => {
    if (event.target.closest(".body sup a")) leave();
  });
  page.addEventListener("room:chosen", (event) => (only(event.target.dataset.n), wordsOf(event.target)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && hideChain()) event.stopImmediatePropagation();
  }, true);
  page.addEventListener("click", (event) => {
    const to = event.target.closest("[data-to]");
    if (!to) return;
    const card = page.querySelector(`.card[data-n="${to.dataset.to}"]`);
    if (card) event.preventDefault(), (location.hash = card.id);
  });
  const layers = document.querySelector(".layers");
  layers.addEventListener("change", (event) => page.classList.toggle(`no-${event.target.value}`, !event.target.checked));
  layers.addEventListener("submit", (event) => event.preventDefault());
  act("marks", () => (page.classList.toggle("no-marks"), true));
  document.addEventListener("keydown", (event) => {
    const boxes = [...layers.querySelectorAll("input")];
    const box = /^[1-5]$/.test(event.key) && boxes[Number(event.key) - 1];
    if (!box || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    if (document.body.dataset.keys === "{}") return;
    box.click();
  });
  addEventListener("hashchange", follow);
  follow();
}
