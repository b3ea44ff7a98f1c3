/* Shows a questionnaire without a network, if the page has put itself here (respond/keeping.js):
   the network first, unless it is slow; what has its content in its name from here first. */

const kept = (key) => caches.match(key, {ignoreVary: true});

const visit = async (request, key) => {
  const copy = await kept(key);
  if (!copy) return fetch(request);
  const fresh = fetch(request).then((answer) => (answer.status < 500 ? answer : copy));
  const slow = new Promise((done) => setTimeout(done, 3000, copy));
  return Promise.race([fresh.catch(() => copy), slow]);
};

const load = async (request) => (await kept(request)) ?? fetch(request);

addEventListener("install", () => skipWaiting());
addEventListener("fetch", (event) => {
  const {request} = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (path.startsWith("/assets/")) event.respondWith(load(request));
  else if (request.mode === "navigate" && /^\/q\/[^/]+$/i.test(path))
    event.respondWith(visit(request, path.toUpperCase().replace(/-/g, "")));
});
