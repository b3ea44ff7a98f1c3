/* Where a page begins: when it was loaded, and whenever another one took its place. */

const update = () => {
  count();
  apply();
};

const begin = () => {
  /* A browser that knows `autofocus` on any element has done this before the first frame. */
  const summary = document.querySelector("[data-summary]");
  requestAnimationFrame(() => summary !== document.activeElement && summary?.focus());
  form = document.querySelector("[data-questionnaire]");
  if (!form) return;
  for (const hint of all("[data-only-some]")) hint.remove();
  for (const part of all("[data-left], [data-by], [data-turn]")) part.hidden = false;
  furnishDots();
  furnishPages();
  summary?.addEventListener("click", ({target}) => {
    const page = form.querySelector(target.closest("a")?.hash || null)?.closest(".page");
    if (page) turnTo(page);
  });
  form.addEventListener("input", update);
  form.addEventListener("submit", send);
  update();
};
begin();
