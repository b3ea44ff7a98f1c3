/* Where a page begins: when it was loaded, and whenever another one took its place. */

const update = () => {
  count();
  apply();
  look();
};

let isFirst = true;

const begin = () => {
  /* A browser that knows `autofocus` on any element has done this before the first frame. */
  const summary = document.querySelector("[data-summary]");
  requestAnimationFrame(() => summary !== document.activeElement && summary?.focus());
  form = document.querySelector("[data-questionnaire]");
  if (form) {
    remember();
    claim();
    furnishSending();
    for (const hint of all("[data-only-some]")) hint.remove();
    for (const part of all("[data-left], [data-by]")) part.hidden = false;
    count();
    apply();
    furnishDots();
    furnishLanguages();
    furnishSpeech();
    furnishSteps(isFirst);
    form.addEventListener("input", update);
    form.addEventListener("submit", send);
  } else next(forget);
  isFirst = false;
};
begin();
