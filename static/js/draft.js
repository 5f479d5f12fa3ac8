// What somebody types is kept on this device until the server has it, so that neither a bad
// connection nor an expired session costs any text. Marked by <form data-draft="a key" …>.
// Saved is what comes back with a success message; any other answer keeps the draft.

const PREFIX = "draft:";
const DAYS = 14;
const SKIP = new Set(["hidden", "file", "password", "submit", "button"]);
const CARRIED = new Set(["version", "form_token"]); // so that the server still sees a clash or a double

const person = () => document.body.dataset.person ?? "";
const keyOf = (form) => `${PREFIX}${person()}:${form.dataset.draft}`;
const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
const texts = () => document.getElementById("toasts").dataset;
const lang = () => document.documentElement.lang;
const tell = (text, tone) => document.dispatchEvent(new CustomEvent("say", { detail: { text, tone } }));

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false; // storage full or switched off: the form works as it always did
  }
}

function controls(form) {
  return [...form.elements].filter((el) => el.name && (!SKIP.has(el.type) || CARRIED.has(el.name)) && el.name !== "csrfmiddlewaretoken");
}

function values(form) {
  return controls(form).map((el) => {
    if (el.type === "checkbox" || el.type === "radio") return [el.name, el.value, el.checked];
    if (el.multiple) return [el.name, "", [...el.selectedOptions].map((option) => option.value)];
    return [el.name, "", el.value];
  });
}

const typed = (all) => JSON.stringify(all.filter(([name]) => !CARRIED.has(name)));

function put(form, draft) {
  for (const [name, value, state] of draft.fields) {
    if (name === "form_token" && !draft.sent) continue;
    for (const el of controls(form).filter((candidate) => candidate.name === name)) {
      if (el.type === "checkbox" || el.type === "radio") {
        if (el.value === value) el.checked = state;
      } else if (el.multiple) {
        [...el.options].forEach((option) => { option.selected = state.includes(option.value); });
      } else el.value = state;
    }
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function note(form, text) {
  const place = form.querySelector("[data-draft-note]");
  if (place) place.textContent = text;
}

function keep(form, more = {}) {
  const now = new Date();
  const stored = write(keyOf(form), { at: now.getTime(), fields: values(form), ...more });
  const time = now.toLocaleTimeString(lang(), { hour: "2-digit", minute: "2-digit" });
  if (stored) note(form, texts().kept.replace("{time}", time));
}

function offer(form, draft, original) {
  const bar = document.createElement("div");
  bar.className = "notice";
  bar.dataset.tone = "info";
  bar.setAttribute("role", "status");
  const words = document.createElement("p");
  const when = new Date(draft.at).toLocaleString(lang(), { dateStyle: "long", timeStyle: "short" });
  words.textContent = texts().restored.replace("{time}", when);
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn is-small";
  drop.textContent = texts().drop;
  drop.addEventListener("click", () => {
    put(form, { fields: original, sent: true });
    localStorage.removeItem(keyOf(form));
    bar.remove();
  });
  const body = document.createElement("div");
  body.append(words, drop);
  bar.append(document.createElement("span"), body);
  form.prepend(bar);
}

function restore(form) {
  if (form.dataset.draftReady) return;
  form.dataset.draftReady = "yes";
  const draft = read(keyOf(form));
  if (!draft || form.querySelector(".error-summary, .conflict")) return;
  const original = values(form);
  if (typed(original) === typed(draft.fields)) return localStorage.removeItem(keyOf(form));
  put(form, draft);
  offer(form, draft, original);
}

// The first page after a sending tells whether it was saved.
function settle() {
  const sent = sessionStorage.getItem("draft-sent");
  if (!sent) return;
  sessionStorage.removeItem("draft-sent");
  if (document.querySelector('#messages [data-tone="ok"]')) localStorage.removeItem(sent);
}

function tidy() {
  const limit = Date.now() - DAYS * 86_400_000;
  drafts().filter((key) => (read(key)?.at ?? 0) < limit).forEach((key) => localStorage.removeItem(key));
}

function start() {
  settle();
  document.querySelectorAll("form[data-draft]").forEach(restore);
}

let timer;
document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.draft) return;
  clearTimeout(timer);
  timer = setTimeout(() => keep(form), 400);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-forget-drafts]")) drafts().forEach((key) => localStorage.removeItem(key));
  if (!form.dataset.draft) return;
  clearTimeout(timer);
  keep(form, { sent: true });
  sessionStorage.setItem("draft-sent", keyOf(form));
  if (navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tell(texts().offlineKept, "warn");
}, true);

document.addEventListener("htmx:sendError", ({ target }) => {
  if (target.closest?.("form[data-draft]")) tell(texts().offlineKept, "warn");
});
document.addEventListener("htmx:afterSettle", start);
tidy();
start();
