// What lies on a map: many points in clusters (data-points), boxes and routes (data-boxes), or the one thing that
// a page is about (data-lat, data-lon). A mark has a letter besides its colour, and a name for who cannot see it.
// Everything that people typed comes in as text, never as HTML.

const fetched = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};

const mark = (letter, tone, kind = "") => L.divIcon({
  className: `map-mark ${kind}`, iconSize: [28, 28], popupAnchor: [0, -14],
  html: Object.assign(document.createElement("span"), { textContent: letter, className: `is-${tone}` }),
});

function popup(title, address, words) {
  const made = document.createElement("div");
  const link = Object.assign(document.createElement("a"), { href: address, textContent: title });
  const said = Object.assign(document.createElement("p"), { textContent: words });
  made.append(link, said);
  return made;
}

function open(map, at, content, word) {
  const shown = L.popup({ className: "map-popup", offset: [0, -8], maxWidth: 240 }).setLatLng(at).setContent(content);
  shown.openOn(map);
  const card = shown.getElement(), from = document.activeElement;
  card.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", word);
  card.querySelector("a[href]:not([role])")?.focus({ preventScroll: true });
  card.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    map.closePopup(shown);
    (from.isConnected ? from : map.getContainer()).focus({ preventScroll: true });
  });
}

// A click, or Enter on a mark.
function opens(layer, map, content, word) {
  layer.on("click keypress", (event) => {
    const key = event.originalEvent?.key;
    if (event.type === "keypress" && key !== "Enter") return;
    open(map, event.layer.getLatLng(), content(event.layer), word);
  });
}

function cluster(words) {
  return L.markerClusterGroup({
    showCoverageOnHover: false, maxClusterRadius: 56, spiderLegPolylineOptions: { className: "map-leg" },
    iconCreateFunction: (group) => {
      const count = group.getChildCount();
      const made = document.createElement("span");
      const word = Object.assign(document.createElement("span"), { className: "vh", textContent: ` ${words}` });
      made.append(String(count), word);
      const size = count < 10 ? 36 : count < 100 ? 42 : 50;
      return L.divIcon({ html: made, className: "map-cluster", iconSize: [size, size] });
    },
  });
}

async function points(element, map) {
  const { points: address, link, clusterWord, closeWord } = element.dataset;
  const found = await fetched(address);
  const icons = Object.fromEntries(Object.entries(found.marks).map(([status, [letter, tone]]) => [status, mark(letter, tone)]));
  const layer = cluster(clusterWord), places = [];
  layer.addLayers(found.features.map(({ id, geometry, properties: { number, category, status } }) => {
    const [lon, lat] = geometry.coordinates, word = found.marks[status][2];
    places.push([lat, lon]);
    const made = L.marker([lat, lon], { icon: icons[status], title: `${number} ${category}, ${word}` });
    made.told = () => popup(`${number} ${category}`, link.replace("/0/", `/${id}/`), word);
    return made;
  }));
  opens(layer, map, (one) => one.told(), closeWord);
  layer.addTo(map);
  if (places.length) map.fitBounds(L.latLngBounds(places), { padding: [24, 24], maxZoom: 16, animate: false });
  element.dispatchEvent(new CustomEvent("map:points", { bubbles: true, detail: { map, places } }));
}

async function boxes(element, map) {
  const found = await fetched(element.dataset.boxes);
  const layer = L.geoJSON(found, {
    style: () => ({ className: "map-route" }),
    pointToLayer: ({ properties: { name, mark: [letter, tone, word] } }, at) =>
      L.marker(at, { icon: mark(letter, tone, "is-box"), title: `${name}, ${word}` }),
  });
  const told = ({ feature: { properties } }) => popup(properties.name, properties.url, properties.mark[2]);
  layer.eachLayer((one) => one.getLatLng && opens(L.featureGroup([one]), map, told, element.dataset.closeWord));
  const box = element.closest("[data-map-panel]")?.querySelector("[data-map-layer=boxes]");
  const show = () => (!box || box.checked ? layer.addTo(map) : layer.remove());
  box?.addEventListener("change", show);
  show();
  if (!box && layer.getBounds().isValid()) map.fitBounds(layer.getBounds(), { padding: [24, 24], maxZoom: 16, animate: false });
}

document.addEventListener("map:made", async ({ target: element, detail: { map } }) => {
  const { lat, lon, points: many, boxes: few, failed } = element.dataset;
  if (lat && lon && !("pick" in element.dataset)) {
    L.marker([lat, lon], { icon: mark("", "accent"), keyboard: false, interactive: false }).addTo(map);
  }
  try {
    await Promise.all([many && points(element, map), few && boxes(element, map)]);
    element.dataset.ready = "yes";
  } catch {
    document.body.dispatchEvent(new CustomEvent("say", { bubbles: true, detail: { text: failed, tone: "warn" } }));
  }
});
