// Where there is much: a layer of warmth under the points, drawn on one canvas.
// Leaflet's own plug-in for it has not moved since 2015; this is all of it that we need.
// <input type="checkbox" data-map-layer="heat"> in the same [data-map-panel] turns it on.

const RADIUS = 34, FINE = 2; // pixels of the map around a point; how many of those to one of the canvas
const RAMP = [[0, 255, 214, 0], [0.45, 255, 122, 0], [1, 190, 0, 38]]; // how warm, and its red, green and blue

function colours() {
  const ramp = document.createElement("canvas").getContext("2d");
  ramp.canvas.width = 256;
  const fade = ramp.createLinearGradient(0, 0, 256, 0);
  for (const [at, ...rgb] of RAMP) fade.addColorStop(at, `rgb(${rgb})`);
  ramp.fillStyle = fade;
  ramp.fillRect(0, 0, 256, 1);
  return ramp.getImageData(0, 0, 256, 1).data;
}

function stamp() {
  const spot = document.createElement("canvas").getContext("2d");
  const radius = RADIUS / FINE;
  spot.canvas.width = spot.canvas.height = radius * 2;
  const fade = spot.createRadialGradient(radius, radius, 0, radius, radius, radius);
  fade.addColorStop(0, "rgb(0 0 0 / 100%)");
  fade.addColorStop(1, "rgb(0 0 0 / 0%)");
  spot.fillStyle = fade;
  spot.fillRect(0, 0, radius * 2, radius * 2);
  return spot.canvas;
}

function paint(canvas, map, places) {
  const size = map.getSize();
  L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
  canvas.width = Math.ceil(size.x / FINE);
  canvas.height = Math.ceil(size.y / FINE);
  canvas.style.width = `${size.x}px`;
  canvas.style.height = `${size.y}px`;
  const brush = canvas.getContext("2d", { willReadFrequently: true }), spot = stamp(), half = spot.width / 2;
  const seen = places.map((place) => map.latLngToContainerPoint(place))
    .filter(({ x, y }) => x > -RADIUS && y > -RADIUS && x < size.x + RADIUS && y < size.y + RADIUS);
  brush.globalAlpha = Math.min(0.5, Math.max(0.04, 6 / Math.sqrt(seen.length + 1) / 4));
  for (const { x, y } of seen) brush.drawImage(spot, x / FINE - half, y / FINE - half);
  const picture = brush.getImageData(0, 0, canvas.width || 1, canvas.height || 1), warm = colours();
  for (let i = 0; i < picture.data.length; i += 4) {
    const much = picture.data[i + 3];
    picture.data.set(warm.subarray(much * 4, much * 4 + 3), i);
    picture.data[i + 3] = Math.min(215, much * 1.6);
  }
  brush.putImageData(picture, 0, 0);
}

function layer(map, places) {
  const canvas = L.DomUtil.create("canvas", "map-heat");
  canvas.setAttribute("aria-hidden", "true");
  const again = () => paint(canvas, map, places);
  return (on) => {
    map.off("moveend resize", again);
    canvas.remove();
    if (!on) return;
    map.getPanes().overlayPane.prepend(canvas);
    map.on("moveend resize", again);
    again();
  };
}

document.addEventListener("map:points", ({ target, detail: { map, places } }) => {
  const box = target.closest("[data-map-panel]")?.querySelector("[data-map-layer=heat]");
  if (!box) return;
  const show = layer(map, places);
  box.addEventListener("change", () => show(box.checked));
  if (box.checked) show(true);
});
