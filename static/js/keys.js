// Keys on a list: j and k walk through the rows, x chooses one, n makes a new one, / searches and ? helps.
// <div data-keys-list> … <a data-key-row href="…"> …, <a data-key="n" href="…">, <dialog id="keys-help" popover>.
// They sleep while somebody types, in an open dialog, with a modifier, and when switched off in the help.

const OFF = "keys-off";
const help = () => document.getElementById("keys-help");
const rows = () => [...document.querySelectorAll("[data-keys-list] [data-key-row]")];
const isOff = () => localStorage.getItem(OFF) === "1";
const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable], [popover]");

function walk(step) {
  const all = rows();
  const here = all.findIndex((row) => row.closest("tr")?.contains(document.activeElement));
  const next = all[here < 0 ? 0 : Math.min(Math.max(here + step, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

const ACTS = {
  j: () => walk(1),
  k: () => walk(-1),
  x: () => document.activeElement.closest("tr")?.querySelector("[data-bulk-item]")?.click(),
  n: () => document.querySelector("[data-key=n]")?.click(),
  "/": () => document.querySelector("form[role=search] input[type=search]")?.focus(),
  "?": () => help()?.showPopover(),
};

document.addEventListener("keydown", (event) => {
  if (!document.querySelector("[data-keys-list]") || event.ctrlKey || event.altKey || event.metaKey) return;
  if (isOff() || isTyping(event.target) || document.querySelector("[popover]:popover-open")) return;
  const act = ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("change", ({ target }) => {
  if (target.matches?.("[data-keys-on]")) localStorage.setItem(OFF, target.checked ? "" : "1");
});

const start = () => document.querySelectorAll("[data-keys-on]").forEach((box) => { box.checked = !isOff(); });
document.addEventListener("htmx:afterSettle", start);
start();
