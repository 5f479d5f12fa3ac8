// Light, dark or as the device says. Kept in a cookie, so that the server draws the next page right.

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-theme-choice]");
  if (!button) return;
  const theme = button.dataset.themeChoice;
  const age = theme ? 31_536_000 : 0;
  document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const other of document.querySelectorAll("[data-theme-choice]")) {
    other.setAttribute("aria-pressed", String(other.dataset.themeChoice === theme));
  }
});
