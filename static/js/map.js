// Maps. <div data-map data-hoods="…" data-base="…"> is filled by Leaflet once it can be seen; what stood in it,
// a drawing or nothing, makes place. Other modules draw upon it: they listen to "map:made" and look for marks
// of their own. Without borders, base layer or point it shows the whole of Flanders.

const FLANDERS = [[50.68, 2.54], [51.51, 5.92]];
const CLOSE = 16, DEEPEST = 19, NAMED = 13.5; // levels: of one point, the last one, with names of neighbourhoods
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

const fetched = async (address) => {
  const answer = await fetch(address, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};

function label({ code, name, focus }) {
  const made = document.createElement("span");
  const word = document.createElement("span");
  word.className = "map-hood-name";
  word.textContent = ` ${name}`;
  made.append(focus ? `${code} ◆` : code, word);
  return made;
}

// Their names lie under the marks, not over them.
function draw(hoods, map) {
  map.getPane("names") ?? (map.createPane("names").style.zIndex = 450);
  return L.geoJSON(hoods, {
    interactive: false,
    style: () => ({ className: "map-hood" }),
    onEachFeature: (feature, layer) => layer.bindTooltip(label(feature.properties), {
      permanent: true, direction: "center", className: "map-hood-label", interactive: false, pane: "names",
    }),
  });
}

function frame(element) {
  const { base, attribution, zoomIn, zoomOut } = element.dataset;
  const map = L.map(element, {
    zoomControl: false, attributionControl: Boolean(base), maxZoom: DEEPEST, zoomSnap: 0.5,
    scrollWheelZoom: false, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
  });
  L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
  map.on("zoomend", () => element.classList.toggle("is-close", map.getZoom() >= NAMED));
  if (base) {
    const said = document.createElement("span");
    said.textContent = attribution;
    map.attributionControl.setPrefix(false);
    L.tileLayer(base, { attribution: said.outerHTML, maxZoom: DEEPEST, className: "map-tiles" }).addTo(map);
    element.classList.add("has-base");
  }
  return map;
}

async function borders(element, map) {
  const bounds = L.latLngBounds([]);
  const found = await Promise.allSettled((element.dataset.hoods || "").split(" ").filter(Boolean).map(fetched));
  for (const { value } of found) {
    if (value?.features.length) bounds.extend(draw(value, map).addTo(map).getBounds());
  }
  return bounds;
}

async function make(element) {
  element.dataset.made = "yes";
  element.replaceChildren();
  const map = frame(element);
  const { lat, lon } = element.dataset;
  if (lat && lon) map.setView([lat, lon], CLOSE, { animate: false });
  const bounds = await borders(element, map);
  if (!lat) map.fitBounds(bounds.isValid() ? bounds : FLANDERS, { animate: false });
  element.dispatchEvent(new CustomEvent("map:made", { bubbles: true, detail: { map, bounds } }));
}

const start = () => document.querySelectorAll("[data-map]:not([data-made])").forEach((element) => {
  if (element.checkVisibility()) make(element);
});

document.addEventListener("toggle", start, true);
document.addEventListener("htmx:afterSettle", start);
document.addEventListener("DOMContentLoaded", start);
