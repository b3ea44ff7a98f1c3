/* A page that was loaded once works until it was sent, with or without a network: at the first tap
   it puts itself, as the server sent it, and its style sheet and script where sw.js finds them.
   Never an answer: a form that came with answers is not kept. When there is nothing more to send
   behind this code, all of it goes; a page marked data-queue keeps it for the next person. */

let blank = null; /* this page as it came, until it is kept */

/* One after the other: what is put there goes again even if sending was quicker. */
let keeping = Promise.resolve();
const next = (step) => (keeping = keeping.then(step).catch(() => {}));

const assets = () => all("link[rel=stylesheet], script[src]", document.head);

/* Only the page that was loaded, before the script changes it; nothing that came in its place. */
const remember = () => {
  const able = window.caches && navigator.serviceWorker && place !== "/";
  if (!able || submission || answered() || document.querySelector("[data-summary]")) return;
  blank = document.documentElement.outerHTML;
};

const keep = async () => {
  if (!blank) return;
  await navigator.serviceWorker.register("/sw.js");
  const addresses = assets().map(({href, src}) => href || src);
  const answers = await Promise.all(addresses.map((address) => fetch(address)));
  const headers = new Headers(answers[0].headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  for (const name of ["Content-Encoding", "Content-Length", "Cache-Control"]) headers.delete(name);
  await caches.delete(place);
  const cache = await caches.open(place);
  await cache.put(place, new Response(`<!DOCTYPE html>${blank}`, {headers}));
  await Promise.all(answers.map((answer, index) => cache.put(addresses[index], answer)));
  blank = null;
};

const forget = async () => {
  if (!window.caches || document.querySelector("[data-queue]")) return;
  blank = null;
  await caches.delete(place);
  if ((await caches.keys()).length) return;
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
};

/* The first tap: from now on there is something to lose. */
const touched = () => {
  if (!form) return;
  addEventListener("beforeunload", ask);
  next(keep);
};
for (const kind of ["pointerdown", "keydown", "input"])
  addEventListener(kind, touched, {once: true, passive: true});
