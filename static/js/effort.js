// The sum that a form takes when very many come at once (core/effort.py): <form data-effort>. It is
// made while somebody types; who sends before it is done waits for it. With data-effort="send" the
// form was sent already and goes by itself. Where it fails, the form goes without: the server then
// says how long to wait.

const STEP = 500; // numbers at a time, so that the page stays alive

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const alive = () => new Promise((done) => setTimeout(done));

async function find(sum) {
  const [, salt, most, mark] = sum.split(":");
  const text = new TextEncoder();
  for (let from = 0; from < Number(most); from += STEP) {
    const marks = await Promise.all(Array.from({ length: STEP }, (_, at) => crypto.subtle.digest("SHA-256", text.encode(salt + (from + at)))));
    const at = marks.findIndex((one) => hex(one) === mark);
    if (at >= 0) return String(from + at);
    await alive();
  }
  throw new Error("no such number");
}

function prepare(form) {
  const { sum, found } = form.elements, status = form.querySelector("[data-effort-status]");
  let isBusy = Boolean(globalThis.crypto?.subtle), sender = null;
  let isAsked = form.dataset.effort === "send";
  if (!isBusy) return;
  if (isAsked) status.textContent = status.dataset.busy;

  form.addEventListener("submit", (event) => {
    if (!isBusy || event.submitter?.name === "terug") return;
    event.preventDefault();
    [isAsked, sender] = [true, event.submitter ?? form.querySelector("[type=submit]")];
    status.textContent = status.dataset.busy;
  });

  find(sum.value).then((number) => {
    found.value = number;
    if (isAsked) status.textContent = status.dataset.done;
  }).catch(() => {}).finally(() => {
    isBusy = false;
    if (sender || (isAsked && found.value)) form.requestSubmit(sender);
  });
}

document.querySelectorAll("form[data-effort]").forEach(prepare);
