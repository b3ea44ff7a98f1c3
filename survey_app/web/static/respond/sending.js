/* A tap on a slow network is tapped again. After ten seconds a new try is welcome: the page's
   submission id makes it harmless. */

let sending = false;

const rest = () => {
  const button = form?.querySelector("[data-sending]");
  sending = false;
  if (button?.dataset.wording) button.textContent = button.dataset.wording;
};
addEventListener("pageshow", rest);

const send = (event) => {
  const unseen = unseenPage();
  if (unseen) return event.preventDefault(), open(unseen);
  const button = form.querySelector("[data-sending]");
  form.querySelector("[data-offline]").hidden = navigator.onLine;
  if (sending || !navigator.onLine) return event.preventDefault();
  sending = true;
  button.dataset.wording = button.textContent;
  button.textContent = button.dataset.sending;
  setTimeout(rest, 10000);
};
