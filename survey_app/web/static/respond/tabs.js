/* One questionnaire, one submission id, in however many tabs it is open.

   The page draws the id itself and keeps it in the state of its history entry: it survives a
   reload, and nothing is stored. The tabs of one code agree on one id: the smaller, or the one with
   which sending was tried, because then an answer may be counted under it already. So the server
   meets its own key again and counts once. On a device that goes from hand to hand two tabs may be
   two people: there each keeps its own. Whoever adds a history entry takes the state along:
   history.pushState({...history.state, …}). */

let submission = null; /* the id of the answers on this page */
let tried = false;
let spent = false;
let channel = null;

/* The page behind this code: the same however the code was typed. */
const place = (location.pathname.toUpperCase().match(/^\/Q\/[^/]+/) ?? ["/"])[0].replace(/-/g, "");

const drawn = () =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .slice(0, 22);

const tell = (message) => channel?.postMessage(message);

/* Puts the id where it is needed: into the form, and into this history entry. */
const note = () => {
  form.querySelector("[name=submission]").value = submission;
  history.replaceState({...history.state, submission, tried}, "");
};

const claim = () => {
  submission ??= history.state?.submission ?? drawn();
  tried ||= !!history.state?.tried;
  history.scrollRestoration = "manual";
  note();
  hail();
};

/* Sending begins: the id stays from now on. */
const hold = () => {
  tried = true;
  note();
  tell({submission, tried});
};

/* An entry of a page without a form holds no id; after sending it has an address of its own. */
const blot = () => {
  const address = document.querySelector("[data-address]")?.dataset.address;
  history.replaceState(null, "", address ?? location.href);
};

/* The answers are not on this page any more: nor are their id and their steps in its history. */
const spend = (counted) => {
  const depth = history.state?.depth;
  spent = counted;
  if (counted) tell({spent: submission});
  blot();
  if (depth) history.go(-depth);
};

const hear = ({data}) => {
  if (spent) data.submission === submission && tell({spent: submission});
  else if (!form) return;
  else if (data.spent) data.spent === submission && !isTrying() && release("elsewhere");
  else if (data.submission === submission) tried ||= data.tried;
  else if (!tried && (data.tried || data.submission < submission)) {
    ({submission, tried} = data);
    note();
  } else if (!data.tried) tell({submission, tried});
};

/* A channel that is open keeps a page from being restored as it was left: it is closed meanwhile. */
const hail = () => {
  if (!window.BroadcastChannel || place === "/" || isPassedOn()) return;
  channel ??= new BroadcastChannel(place);
  channel.onmessage = hear;
  tell({submission, tried});
};
addEventListener("pagehide", () => {
  channel?.close();
  channel = null;
});
addEventListener("pageshow", ({persisted}) => persisted && (form || spent) && hail());
addEventListener("popstate", () => (form ? note() : blot()));
