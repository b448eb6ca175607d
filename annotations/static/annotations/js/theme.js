// The person's choice of light or dark, before the first paint: a plain script in the head, not a module.
(function () {
  const NAME = "workbench.theme";
  const root = document.documentElement;

  function apply(choice) {
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === (root.dataset.theme ?? "auto")));
    }
  }

  function stored() {
    try {
      return localStorage.getItem(NAME);
    } catch {
      return null; // storage is switched off: the system's choice stands
    }
  }

  apply(stored());
  document.addEventListener("DOMContentLoaded", () => apply(stored()));
  document.addEventListener("click", ({ target }) => {
    const choice = target.closest?.("[data-theme-choice]")?.dataset.themeChoice;
    if (!choice) return;
    localStorage.setItem(NAME, choice);
    apply(choice);
  });
})();
