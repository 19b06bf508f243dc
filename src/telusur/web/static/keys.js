// Keys: one for each action, as the reader has set them; two keys one after another for going somewhere.
import { copy } from "./copying.js";

const PLACES = { home: "/", timeline: "/waktu", map: "/peta", graph: "/jejaring", review: "/periksa", outlets: "/media", case: "/berkas" };
const PATIENCE = 1200; // milliseconds between the two keys of a pair

let byKey = {};
let pending = "";
let pendingSince = 0;

// Anything that can be walked through with the keys for next and previous.
export function walkable() {
  return [...document.querySelectorAll("[data-walk]")].filter((one) => one.offsetParent !== null);
}

export function chosen() {
  return document.querySelector("[data-walk].chosen");
}

export function choose(one) {
  chosen()?.classList.remove("chosen");
  if (!one) return;
  one.classList.add("chosen");
  const target = one.querySelector("a[href], button, input[type=checkbox]") ?? one;
  if (target === one && !one.hasAttribute("tabindex")) one.tabIndex = -1;
  target.focus({ preventScroll: true });
  one.scrollIntoView({ block: "nearest" });
  one.dispatchEvent(new CustomEvent("room:chosen", { bubbles: true }));
}

function step(by) {
  const all = walkable();
  if (!all.length) return false;
  const at = all.indexOf(chosen());
  choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
  return true;
}

function press(selector) {
  const button = document.querySelector(selector);
  if (!button) return false;
  button.click();
  return true;
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (dialog.open) dialog.close();
  else dialog.showModal();
  return true;
}

function back() {
  const open = document.querySelector("dialog[open]");
  if (open) return open.close(), true;
  if (chosen()) return choose(null), document.activeElement.blur(), true;
  return false;
}

function cite() {
  const from = chosen()?.querySelector("[data-copy]") ?? document.querySelector("[data-copy].cite");
  if (!from) return false;
  copy(from.dataset.copy);
  return true;
}

function copyLink() {
  const from = chosen()?.querySelector("a[data-link]") ?? document.querySelector("a[data-link]");
  copy(from ? from.href : location.href);
  return true;
}

const ACTIONS = {
  help: showKeys,
  search: () => (document.getElementById("q")?.focus(), document.getElementById("q")?.select(), true),
  next: () => step(1),
  previous: () => step(-1),
  "next-page": () => press("[data-key=next-page]"),
  "previous-page": () => press("[data-key=previous-page]"),
  open: () => (document.activeElement.matches("a, button, summary") || !chosen() ? false : (chosen().querySelector("a[href]")?.click(), true)),
  back,
  cite,
  link: copyLink,
};

// Pages add their own: `act("marks", () => …)` says whether it did anything.
export function act(action, does) {
  ACTIONS[action] = does;
}

function run(action) {
  if (action in PLACES) return (location.href = PLACES[action]), true;
  if (action in ACTIONS) return ACTIONS[action]();
  return press(`[data-key="${action}"]`);
}

const isTyping = (target) => target.closest("input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable]") !== null;

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const now = Date.now();
  const pair = pending && now - pendingSince < PATIENCE ? `${pending} ${event.key}` : "";
  pending = "";
  const action = byKey[pair] ?? byKey[event.key];
  if (action) {
    // a button that has the focus keeps its own keys
    if ((event.key === "Enter" || event.key === " ") && document.activeElement.matches("a, button, summary") && action !== "skip") return;
    if (run(action)) event.preventDefault();
  } else if (Object.keys(byKey).some((key) => key.startsWith(`${event.key} `))) {
    pending = event.key;
    pendingSince = now;
  }
}

export function start() {
  const keys = JSON.parse(document.body.dataset.keys || "{}");
  byKey = Object.fromEntries(Object.entries(keys).map(([action, key]) => [key, action]));
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-action=help]") && !event.ctrlKey && !event.metaKey) event.preventDefault(), showKeys();
  });
}
