// Of a file that the server would refuse for its size, people hear so before it is on its way:
// <input type="file" data-most-bytes="…" data-too-large="…">. Photos are weighed once they shrank.

function weigh({ target, type }) {
  const input = target.closest?.("input[type=file][data-most-bytes]");
  if (!input || (type === "change" && "shrink" in input.dataset)) return;
  const isHeavy = [...input.files].some((file) => file.size > Number(input.dataset.mostBytes));
  input.setCustomValidity(isHeavy ? input.dataset.tooLarge : "");
  input.reportValidity();
}

document.addEventListener("change", weigh);
document.addEventListener("shrunk", weigh);
