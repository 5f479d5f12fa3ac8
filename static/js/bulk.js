// Choose rows: all at once, a range with the shift key, and how many there are.
// <form data-bulk> … <input type="checkbox" data-bulk-all> … <input type="checkbox" data-bulk-item name="…">
// … <span data-bulk-count></span></form>

let last = null;

const items = (form) => [...form.querySelectorAll("[data-bulk-item]")];

function count(form) {
  const boxes = items(form);
  const chosen = boxes.filter((box) => box.checked).length;
  form.querySelectorAll("[data-bulk-count]").forEach((place) => { place.textContent = chosen; });
  form.querySelectorAll("[data-bulk-all]").forEach((all) => {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  });
}

document.addEventListener("click", ({ target, shiftKey }) => {
  if (!target.matches?.("[data-bulk-item]")) return;
  const boxes = items(target.form);
  const [from, to] = [boxes.indexOf(last), boxes.indexOf(target)].sort((a, b) => a - b);
  if (shiftKey && from >= 0) boxes.slice(from, to + 1).forEach((box) => { box.checked = target.checked; });
  last = target;
  count(target.form);
});

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-bulk-all]")) items(target.form).forEach((box) => { box.checked = target.checked; });
  if (target.form?.matches("[data-bulk]")) count(target.form);
});

const start = () => document.querySelectorAll("form[data-bulk]").forEach(count);
document.addEventListener("htmx:afterSettle", start);
start();
