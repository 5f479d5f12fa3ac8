// "Mijn locatie". A link with data-place adds lat and lon to its own address, asked once and kept
// nowhere; a button with data-place-fill puts them in the form it stands in. Their words stand in
// data-failed, and for the button in data-known and data-doubt; it says how sure it is in [data-point-said].

const PATIENCE = { enableHighAccuracy: true, timeout: 10_000, maximumAge: 30_000 };
const FAR = 100; // metres of doubt from which the place is to be looked at

function ask(element, done) {
  const say = () => document.body.dispatchEvent(new CustomEvent("say", {
    bubbles: true, detail: { text: element.dataset.failed, tone: "warn" },
  }));
  element.classList.add("is-busy");
  const over = (then) => (found) => { element.classList.remove("is-busy"); then(found); };
  if (!navigator.geolocation) return over(say)();
  navigator.geolocation.getCurrentPosition(over(({ coords }) => done(coords)), over(say), PATIENCE);
}

function follow(link) {
  ask(link, ({ latitude, longitude }) => {
    const url = new URL(link.href);
    url.searchParams.set("lat", latitude.toFixed(6));
    url.searchParams.set("lon", longitude.toFixed(6));
    location.assign(url);
  });
}

function fill(button) {
  ask(button, ({ latitude, longitude, accuracy }) => {
    const { elements } = button.form;
    elements.latitude.value = latitude.toFixed(6);
    elements.longitude.value = longitude.toFixed(6);
    elements.latitude.dispatchEvent(new Event("change", { bubbles: true }));
    const { known, doubt } = button.dataset;
    const words = `${accuracy > FAR ? doubt : known} (${Math.round(accuracy)} m)`;
    const said = button.form.querySelector("[data-point-said]");
    if (said) said.textContent = words;
    else button.lastChild.textContent = ` ${words}`;
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-place]");
  const button = event.target.closest("button[data-place-fill]");
  if (link) { event.preventDefault(); follow(link); }
  if (button) fill(button);
});
