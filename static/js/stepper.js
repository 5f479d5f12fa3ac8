// Minus and plus around a number, for thumbs: <input type="number" data-stepper
// data-less data-more min max>.

function button(word, sign, number, change) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = sign;
  made.setAttribute("aria-label", word);
  made.addEventListener("click", () => {
    if (change > 0) number.stepUp(); else number.stepDown();
    number.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return made;
}

function add(number) {
  if (number.dataset.stepperReady) return;
  number.dataset.stepperReady = "yes";
  const row = document.createElement("div");
  row.className = "stepper";
  number.before(row);
  row.append(button(number.dataset.less, "−", number, -1), number, button(number.dataset.more, "+", number, 1));
}

const start = () => document.querySelectorAll("input[data-stepper]").forEach(add);
document.addEventListener("htmx:afterSettle", start);
start();
