/* The page of a job: looks every second how far it is, and draws only that part anew. A button that
   somebody is on is left alone, and a server that does not answer is asked again. */

(() => {
  const shown = () => document.querySelector("[data-job]");

  const look = async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-job]");
      if (!fresh) return location.reload();
      renew(fresh);
      document.title = page.title;
    } else if (answer?.redirected) return location.reload();
    if (shown().matches("[data-goes-on]")) setTimeout(look, 1000);
  };

  /* As long as it goes on, only the words and the bar change: the focus stays where it is. */
  const renew = (fresh) => {
    const old = shown();
    if (!fresh.matches("[data-goes-on]")) return old.replaceWith(fresh);
    const [was, is] = [old, fresh].map((part) => part.querySelector("[aria-live]"));
    if (was.textContent !== is.textContent) was.textContent = is.textContent;
    old.querySelector("progress").value = fresh.querySelector("progress").value;
  };

  if (shown()?.matches("[data-goes-on]")) setTimeout(look, 1000);
})();
