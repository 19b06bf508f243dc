// The review page: digits choose among the values of a field.
export function start() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.body.dataset.keys === "{}") return;
    if (event.target.matches("input, textarea, select") || !/^[1-9]$/.test(event.key)) return;
    const choice = document.querySelector(`[data-digit="${event.key}"]`);
    if (choice) event.preventDefault(), choice.click();
  });
  // a decision that is on its way is not sent twice
  document.addEventListener("submit", (event) => {
    if (!event.target.closest(".desk") || event.target.method !== "post") return;
    if (event.target.dataset.sent) return event.preventDefault();
    event.target.dataset.sent = "1";
  });
  document.querySelector("#koreksi [autofocus]")?.select();
}
