// Photos go smaller through a thin network: <input type="file" data-shrink>. What cannot be drawn
// goes as it is; the server draws every photo anew in any case.

const LONGEST = 2048, QUALITY = 0.6, SMALL_ENOUGH = 400_000; // pixels, JPEG, bytes

async function smaller(file) {
  if (file.size < SMALL_ENOUGH || !file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
  } catch {
    return file;
  }
}

document.addEventListener("change", async (event) => {
  const input = event.target.closest("input[type=file][data-shrink]");
  if (!input || input.dataset.shrinking) return;
  input.dataset.shrinking = "yes";
  const chosen = new DataTransfer();
  for (const file of [...input.files]) chosen.items.add(await smaller(file));
  input.files = chosen.files;
  delete input.dataset.shrinking;
  input.dispatchEvent(new Event("shrunk", { bubbles: true }));
});
