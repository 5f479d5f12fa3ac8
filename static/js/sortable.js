// Put a list in order by dragging its grips, with mouse, pen or finger. Each item holds a hidden
// input, so the form posts the order as it stands; the up and down buttons do the same by keyboard.
// <form …><ol class="sortable" data-sortable><li><span class="grip" data-grip>…</span>
//   <input type="hidden" name="order" value="12">…</li></ol></form>

let dragged = null;
let before = "";

const order = (list) => [...list.children].map((item) => item.querySelector("input[type=hidden]")?.value).join();

function move(event) {
  const list = dragged.parentElement;
  for (const item of list.children) {
    if (item === dragged) continue;
    const { top, height } = item.getBoundingClientRect();
    const middle = top + height / 2;
    const isAbove = dragged.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_PRECEDING;
    if (isAbove && event.clientY < middle) return list.insertBefore(dragged, item);
    if (!isAbove && event.clientY > middle && event.clientY < top + height) return item.after(dragged);
  }
}

function drop(event) {
  const list = dragged.parentElement;
  dragged.classList.remove("is-dragged");
  dragged = null;
  document.removeEventListener("pointermove", move);
  if (event.type !== "pointercancel" && order(list) !== before) list.closest("form").requestSubmit();
}

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  const list = grip?.closest("[data-sortable]");
  if (!list || event.button !== 0) return;
  event.preventDefault();
  dragged = [...list.children].find((item) => item.contains(grip));
  before = order(list);
  dragged.classList.add("is-dragged");
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", drop, { once: true });
});
document.addEventListener("pointercancel", (event) => dragged && drop(event));
