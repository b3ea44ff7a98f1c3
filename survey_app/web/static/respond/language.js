/* Another language on the same step: the server draws the form anew with what was answered. */

const switchLanguage = async (event) => {
  event.preventDefault();
  const address = event.currentTarget.formAction;
  const asked = form;
  const step = here;
  const body = new URLSearchParams(new FormData(asked));
  asked.inert = true;
  const answer = await fetch(address, {method: "POST", body}).catch(() => null);
  const html = answer?.status < 500 && (await answer.text().catch(() => null));
  asked.inert = false;
  const came = ours.test(html);
  document.querySelector("[data-no-language]").hidden = came;
  if (!came) return;
  show(html);
  if (!form) return;
  stay(step, address.replace(/&only=.*/, ""));
  land(step);
};

/* On a question the languages lie over it: they go when the focus goes elsewhere, or with Escape. */
const furnishLanguages = () => {
  for (const button of all("[formaction]", document)) button.onclick = switchLanguage;
  const menu = document.querySelector(".languages details");
  menu?.addEventListener("focusout", ({relatedTarget}) => {
    if (here && relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });
  menu?.addEventListener("keydown", ({key}) => {
    if (!here || key !== "Escape") return;
    menu.open = false;
    menu.firstElementChild.focus();
  });
};
