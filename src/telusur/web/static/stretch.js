// A stretch of words in a correction: grown and shrunk by a word at its edges, shown as it is, written into the field as places.
const WORD = /[\p{L}\p{N}]+(?:[-.,'’:\/][\p{L}\p{N}]+)*/gu;

export function start() {
  const box = document.querySelector(".stretch");
  const field = document.getElementById("value");
  if (!box || !field) return;
  // places count code points, as records do; a string counts halves of some of them
  const points = Array.from(box.dataset.text);
  const low = Number(box.dataset.low);
  const high = low + points.length;
  const parts = JSON.parse(box.dataset.parts);
  const words = wordsOf(box.dataset.text).map(([from, to]) => [low + from, low + to]);
  const inside = ([from, to]) => low <= from && to <= high;
  if (!parts.some(inside)) return;
  let chosen = parts.findIndex(inside);
  const typed = field.value;

  function show() {
    const [from, to] = parts[chosen];
    const text = (a, b) => points.slice(a - low, b - low).join("").replace(/\s+/g, " ");
    const mark = document.createElement("mark");
    mark.textContent = text(from, to);
    box.querySelector(".shown").replaceChildren(text(low, from), mark, text(to, high));
    for (const button of box.querySelectorAll("[data-part]")) button.setAttribute("aria-pressed", String(Number(button.dataset.part) === chosen));
  }

  function move(edge, by) {
    const [from, to] = parts[chosen];
    const at = edge === "start" ? words.findIndex(([, end]) => end > from) : words.findLastIndex(([begin]) => begin < to);
    const next = words[at + by];
    if (at < 0 || !next) return;
    const made = edge === "start" ? [next[0], to] : [from, next[1]];
    if (made[0] >= made[1]) return;
    parts[chosen] = made;
    field.value = parts.map(([a, b]) => `${a}-${b}`).join(" | ");
    show();
  }

  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.move) move(button.dataset.move.split(" ")[0], Number(button.dataset.move.split(" ")[1]));
    if (button.dataset.part && inside(parts[Number(button.dataset.part)])) (chosen = Number(button.dataset.part)), show();
  });
  // the words typed by hand go before: what is shown is then of no use
  field.addEventListener("input", () => (box.hidden = field.value !== typed && !/^[\d\s|-]+$/.test(field.value)));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === box) event.preventDefault(), field.form.requestSubmit();
  });
  box.hidden = false;
  show();
  box.focus({ preventScroll: true });
}

// The words of a text as [from, to) in code points.
function wordsOf(text) {
  const found = [];
  let unit = 0;
  let point = 0;
  for (const { index, 0: word } of text.matchAll(WORD)) {
    point += Array.from(text.slice(unit, index)).length;
    const length = Array.from(word).length;
    found.push([point, point + length]);
    point += length;
    unit = index + word.length;
  }
  return found;
}
