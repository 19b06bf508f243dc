// Live progress of an import. Without it the page renews itself every two seconds.

const job = document.querySelector("[data-job]");
const lang = document.documentElement.lang;
const whole = new Intl.NumberFormat(lang);

function say(name, words) {
  const place = job.querySelector(`[data-told=${name}]`);
  if (place && place.textContent !== words) place.textContent = words;
}

function show(told) {
  const bar = job.querySelector("progress");
  if (told.part === null) bar.removeAttribute("value");
  else bar.value = told.part;
  for (const name of ["new", "there", "failed"]) say(name, whole.format(told[name]));
  say("state", job.dataset[`say${told.state[0].toUpperCase()}${told.state.slice(1)}`] ?? told.state);
  const left = told.state === "running" ? told.left : null;
  say("left", left === null ? "" : left > 90 ? `${Math.round(left / 60)} ${job.dataset.minutes}` : `${Math.max(1, Math.round(left))} ${job.dataset.seconds}`);
}

const source = new EventSource(job.dataset.job);
source.addEventListener("message", (event) => {
  const told = JSON.parse(event.data);
  show(told);
  if (["done", "stopped", "broken"].includes(told.state)) {
    source.close();
    location.reload(); // the finished page, with what failed and what was added
  }
});
