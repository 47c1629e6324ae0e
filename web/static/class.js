// A class that is seen: asked for again every few seconds, and drawn anew only where something has changed.

const room = document.querySelector("#room");
const status = document.querySelector("#fresh");
const EVERY = 10_000;
let mark = "";

async function look() {
  if (document.hidden) return;
  try {
    const headers = { accept: "*/*", ...(mark && { "if-none-match": mark }) };
    const answer = await fetch(room.dataset.now, { headers, cache: "no-store" });
    if (answer.status === 401) return location.reload();
    if (answer.ok) {
      mark = answer.headers.get("etag");
      draw(await answer.text());
    }
    say(answer.ok || answer.status === 304 ? "watch" : "lost");
  } catch {
    say("lost");
  }
}

function say(what) {
  if (status.textContent !== status.dataset[what]) status.textContent = status.dataset[what];
}

function draw(html) {
  // Whoever goes through the page by keyboard stays where she is.
  const focused = room.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  room.innerHTML = html;
  if (focused) [...room.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
}

async function watch() {
  await look();
  setTimeout(watch, EVERY);
}

say("watch");
document.addEventListener("visibilitychange", look);
setTimeout(watch, EVERY);
