/* The way of the answers to the server.

   They are taken from the form once: every try sends the same bytes under the same submission id,
   so that one try too many counts nothing twice (services/collecting.py). While a try is running
   the answers are locked; between two tries there is a way back to them.

   Who can keep the answers on the device (queue.js) is asked after a try that failed:

       document.addEventListener("undelivered", (event) => {
         event.preventDefault();                     // no more tries for now
         const {address, body, settle} = event.detail;
         …then settle(true): they are kept, the page forgets them and shows what is marked
         data-when="sealed"; or settle(false): the tries go on.
       });
*/

const pauses = [2, 4, 8, 15, 30, 60]; /* seconds before the next try, the last again and again */
const patience = 20; /* seconds after which a try counts as lost */
const later = [408, 425, 429];

/* A school's network likes to answer in our place: only a page of ours says what became of it. */
const ours = /<meta name="application-name" content="Mitreden">/;

/* What is on its way: address, body, tries so far, and the timer until the next one. */
let delivery = null;

const isTrying = () => delivery && !delivery.timer;

/* Shows the sending screen in one of its states, or the answers again. */
const say = (state) => {
  const screen = document.querySelector(".sending");
  document.body.toggleAttribute("data-away", !!state);
  screen.hidden = !state;
  for (const part of all("[data-when]", screen))
    part.hidden = !part.dataset.when.split(" ").includes(state);
  return screen;
};

const face = (part) => {
  part.focus({preventScroll: true});
  scrollTo(0, 0);
};

const send = (event) => {
  event.preventDefault();
  if (delivery) return;
  hold();
  const body = new URLSearchParams(new FormData(form));
  delivery = {address: form.getAttribute("action"), body, tries: 0};
  attempt();
};

const attempt = async () => {
  const {address, body, timer} = delivery;
  clearInterval(timer);
  delivery.timer = null;
  face(say("trying"));
  const answer = await post(address, body);
  if (answer && answer.status < 500 && !later.includes(answer.status) && ours.test(answer.html))
    arrive(answer);
  else fail(answer ? "busy" : "cut");
};

/* What the server answered; nothing if there is no network, or no whole answer in time. */
const post = async (address, body) => {
  const control = new AbortController();
  const limit = setTimeout(() => control.abort(), patience * 1000);
  try {
    const answer = await fetch(address, {method: "POST", body, signal: control.signal});
    return {status: answer.status, html: await answer.text()};
  } catch {
    return null;
  } finally {
    clearTimeout(limit);
  }
};

const fail = (state) => {
  const settle = (kept) => (kept ? release("sealed") : wait(state));
  const detail = {address: delivery.address, body: `${delivery.body}`, settle};
  if (form.dispatchEvent(new CustomEvent("undelivered", {bubbles: true, cancelable: true, detail})))
    wait(state);
};

/* Phones that failed together do not all come back in the same second. */
const wait = (state) => {
  const screen = say(state);
  const pause = pauses[Math.min(delivery.tries++, pauses.length - 1)] * (1 + Math.random() / 4);
  const due = Date.now() + pause * 1000;
  const tick = () => {
    const rest = Math.ceil((due - Date.now()) / 1000);
    if (rest < 1) return attempt();
    const clock = `${Math.floor(rest / 60)}:${`${rest % 60}`.padStart(2, "0")}`;
    screen.querySelector("[role=timer]").textContent = clock;
  };
  delivery.timer = setInterval(tick, 500);
  tick();
};

const attemptNow = () => delivery?.timer && attempt();

/* Back to the answers, between two tries. */
const leave = () => {
  if (!delivery?.timer) return;
  clearInterval(delivery.timer);
  delivery = null;
  say(null);
  form.querySelector(".finish [type=submit]").focus();
};
addEventListener("online", attemptNow);
addEventListener("popstate", leave);

/* The server has said what became of it, on a page of its own. */
const arrive = ({status, html}) => {
  delivery = null;
  show(html);
  if (form) return; /* It came back: its summary has the focus. */
  face(document.getElementById("main"));
  spend(status === 200 || status === 409);
  removeEventListener("beforeunload", ask);
};

/* The answers are in other hands, or were sent from another tab: this page lets go of them. */
const release = (state) => {
  clearInterval(delivery?.timer);
  for (const part of [...all("[form]", document), form]) part.remove();
  form = delivery = null;
  spend(state === "sealed");
  removeEventListener("beforeunload", ask);
  face(say(state));
};

const answered = () =>
  [...new FormData(form)].some(([name, value]) => name !== "submission" && value);

const ask = (event) => {
  if (!form || !answered()) return;
  event.preventDefault();
  event.returnValue = true; /* Chromium before 119 */
};

const furnishSending = () => {
  const screen = document.querySelector(".sending");
  screen.querySelector("[data-now]").onclick = attemptNow;
  screen.querySelector("[data-return]").onclick = leave;
};
