/* Ticks of a list: all, none, all of one group; and how many there are, said as they change. */
for (const form of document.querySelectorAll("[data-ticks]")) {
  const count = form.querySelector("[data-ticked]");
  const boxes = (part) => [...part.querySelectorAll("li input[type=checkbox]:not(:disabled), td input[type=checkbox]")];
  const show = () => { count.textContent = boxes(form).filter((box) => box.checked).length; };
  form.addEventListener("change", show);
  form.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-tick-all]");
    if (!button) return;
    const part = button.closest("[data-tick-group]") ?? form;
    for (const box of boxes(part)) box.checked = button.dataset.tickAll === "on";
    show();
  });
  show();
}
