// The story page: from one difference to the next.
export function start() {
  const marks = [...document.querySelectorAll(".diff del, .diff ins")].filter((one) => one.textContent.trim());
  let at = -1;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-diff]");
    if (!button || !marks.length) return;
    marks[at]?.classList.remove("lit");
    at = (at + Number(button.dataset.diff) + marks.length) % marks.length;
    marks[at].classList.add("lit");
    marks[at].scrollIntoView({ block: "center" });
  });
}
