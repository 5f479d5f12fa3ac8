// Short messages that come while you stay on the page. The server sends one with the header
// HX-Trigger: {"say": {"text": "…", "tone": "ok"}}; other modules dispatch the same event.

const texts = () => document.getElementById("toasts")?.dataset ?? {};

function show(text, tone = "info") {
  const region = document.getElementById("toasts");
  if (!region || !text) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.dataset.tone = tone;
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", texts().close);
  close.addEventListener("click", () => toast.remove());
  toast.append(words, close);
  region.append(toast);
  while (region.children.length > 3) region.firstElementChild.remove();
  // What went wrong stays until it is read; what went well may leave by itself.
  if (tone === "ok" || tone === "info") setTimeout(() => toast.remove(), 8000);
}

function explain(status) {
  if (status === 401) return texts().signedOut;
  if (status === 403 || status === 404 || status === 410) return texts().gone;
  return texts().failed;
}

document.addEventListener("say", ({ detail }) => show(detail.text ?? detail.value, detail.tone));
document.addEventListener("htmx:responseError", ({ detail }) => show(explain(detail.xhr.status), "danger"));
document.addEventListener("htmx:timeout", () => show(texts().offline, "warn"));
document.addEventListener("htmx:sendError", ({ target }) => {
  if (!target.closest?.("form[data-draft]")) show(texts().offline, "warn");
});

// A whole page where a fragment was asked: the session ended meanwhile. Leave what is there.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.shouldSwap || detail.target === document.body || !/<html[\s>]/i.test(detail.serverResponse)) return;
  if (detail.requestConfig.elt.closest("[hx-select], [data-hx-select]")) return;
  detail.shouldSwap = false;
  show(texts().signedOut, "warn");
});

// After a whole page came in by htmx, start reading at its top, as after any other page.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target === document.body && !document.activeElement?.matches("[autofocus]")) {
    document.getElementById("main")?.focus();
  }
});
