/* A device that goes from hand to hand: who leaves the page leaves no answers on it, not even for the
   button that leads back. */

const isPassedOn = () => form?.matches("[data-passed-on]");

addEventListener("pagehide", () => isPassedOn() && form.replaceChildren());
addEventListener("pageshow", ({persisted}) => persisted && isPassedOn() && location.reload());
