// One click is one sending. The server refuses doubles too; this keeps people from wondering.

const PATIENCE = 10_000; // a download leaves the page in place: let go of the button by then

function release(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  form.querySelectorAll(".is-busy").forEach((button) => button.classList.remove("is-busy"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented && !form.matches("[hx-post], [hx-boost]")) return;
  if (form.method !== "post" || form.dataset.busy === "off") return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  event.submitter?.classList.add("is-busy");
  setTimeout(() => release(form), PATIENCE);
}, true);

const releaseAll = () => document.querySelectorAll("form[data-sent]").forEach(release);
window.addEventListener("pageshow", releaseAll);
document.addEventListener("htmx:afterRequest", releaseAll);
