// Copies a citation or a link, and says so.

export function tell(words) {
  document.querySelector(".toast")?.remove();
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.setAttribute("role", "status");
  document.body.append(toast);
  toast.textContent = words; // after it stands there, so that a screen reader hears it
  setTimeout(() => toast.remove(), 2600);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    tell(document.body.dataset.copied);
  } catch {
    window.prompt("", text); // a browser that does not let us: the reader copies by hand
  }
}

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    event.preventDefault();
    copy(button.dataset.copy || new URL(button.dataset.copyLink ?? "", location.href).href);
  });
}
