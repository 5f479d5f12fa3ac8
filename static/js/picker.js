// A place chosen by moving the map under a fixed cross: <details data-map-pick> with a map of data-pick in it, in
// a form with latitude and longitude. "Mijn locatie" (place.js) fills the same two fields. What was chosen stands in
// [data-point-said], with data-chosen for its words; [data-point-clear] takes it back.

const CLOSE = 16;
const field = (element, name) => element.form?.elements[name] ?? element.closest("form").elements[name];
const part = (form, name) => form.querySelector(`[data-point-${name}]`);

function say(form) {
  const said = part(form, "said");
  if (!said) return;
  const { latitude, longitude } = form.elements;
  const chosen = Boolean(latitude.value && longitude.value);
  const numbers = [latitude, longitude].map(({ value }) => Number(value).toFixed(5).replace(".", ",")).join("; ");
  said.textContent = chosen ? `${said.dataset.chosen} ${numbers}` : "";
  part(form, "clear").hidden = !chosen;
}

function put(form, latitude, longitude) {
  form.elements.longitude.value = longitude;
  form.elements.latitude.value = latitude;
  form.elements.latitude.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("map:made", ({ target: element, detail: { map } }) => {
  if (!("pick" in element.dataset)) return;
  const latitude = field(element, "latitude"), longitude = field(element, "longitude");
  let own = false, touched = false; // moved by us; by a hand or a key
  const go = () => {
    if (!latitude.value || !longitude.value) return;
    own = true;
    map.setView([latitude.value, longitude.value], Math.max(map.getZoom(), CLOSE), { animate: false });
    own = false;
  };
  const touch = () => { touched ||= !own; };
  map.on("dragstart zoomstart", touch);
  element.addEventListener("keydown", ({ key }) => { if (key.startsWith("Arrow")) touch(); });
  map.on("moveend", () => {
    if (own || !touched) return;
    const { lat, lng } = map.getCenter().wrap();
    own = true; // the change we cause is not one to follow
    put(element.closest("form"), lat.toFixed(6), lng.toFixed(6));
    own = false;
  });
  latitude.addEventListener("change", () => { if (!own) { touched = false; go(); } });
  go();
});

document.addEventListener("change", ({ target }) => {
  if (target.name === "latitude" && target.form) say(target.form);
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-point-clear]");
  if (button) put(button.form, "", "");
});

const start = () => document.querySelectorAll("[data-point-said]").forEach((said) => say(said.closest("form")));
document.addEventListener("htmx:afterSettle", start);
start();
