// A slider beside a number, for thumbs: <input type="number" data-slider min max step>.

function add(number) {
  if (number.dataset.sliderReady) return;
  number.dataset.sliderReady = "yes";
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = number.min || 0;
  slider.max = number.max || 100;
  slider.step = number.step || 1;
  slider.value = number.value || slider.min;
  slider.setAttribute("aria-label", number.labels[0]?.textContent.trim() ?? "");
  slider.addEventListener("input", () => {
    number.value = slider.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  });
  number.addEventListener("input", () => { slider.value = number.value || slider.min; });
  number.form?.addEventListener("change", () => { slider.value = number.value || slider.min; });
  number.after(slider);
}

const start = () => document.querySelectorAll("input[data-slider]").forEach(add);
document.addEventListener("htmx:afterSettle", start);
start();
