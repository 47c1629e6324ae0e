// A run that is seen: each event changes one product's card. A line that is cut is restored by the browser itself; a
// stream that was refused, as by a server that starts anew, it gives up, and it is opened again here.

const section = document.querySelector(".run");
const status = section.querySelector("[role=status]");
const SHORTEST = 2000; // ms until a stream that was refused is opened again; twice as long after each refusal
const LONGEST = 60_000; // ms
let pause = SHORTEST;
let events;

function listen() {
  events = new EventSource(section.dataset.events);
  events.addEventListener("open", () => {
    pause = SHORTEST;
    say("watch");
  });
  events.addEventListener("error", () => {
    say("lost");
    if (events.readyState === EventSource.CLOSED) later();
  });
  events.addEventListener("listing", (event) => draw(JSON.parse(event.data)));
  events.addEventListener("over", () => end("over"));
  events.addEventListener("ended", signedOut);
}

function later() {
  setTimeout(again, pause);
  pause = Math.min(2 * pause, LONGEST);
}

// A stream does not say why it was refused; a question does.
async function again() {
  const headers = { accept: "application/json" };
  const answer = await fetch(location.href, { headers, cache: "no-store" }).catch(() => null);
  if (answer?.status === 401) return signedOut();
  if (answer?.ok) return listen();
  later();
}

// Whoever has been signed out is told no more: the page leads on to where she signs in.
function signedOut() {
  end("ended");
  location.reload();
}

function end(what) {
  events.close();
  say(what);
}

function say(what) {
  if (status.textContent !== section.dataset[what]) status.textContent = section.dataset[what];
}

function draw(one) {
  const card = [...section.querySelectorAll("[data-listing]")].find((card) => card.dataset.listing === one.listing);
  if (!card) return location.reload();
  card.dataset.state = one.state;
  card.querySelector(".badge").textContent = one.says;
  card.querySelector(".photo-count").textContent = one.photos;
  card.querySelector(".score").textContent = one.score;
  const title = card.querySelector("h2");
  if (one.place && !title.querySelector("a")) {
    const link = document.createElement("a");
    link.href = one.place;
    link.textContent = one.listing;
    title.replaceChildren(link);
  }
  drawFaces(card.querySelector(".faces"), one.faces);
}

// Each photo stays where it is and changes by itself, so that no picture is fetched twice.
function drawFaces(list, faces) {
  const before = new Map([...list.children].map((face) => [face.dataset.file, face]));
  list.hidden = faces.length === 0;
  list.replaceChildren(...faces.map((one) => fill(before.get(one.file) ?? blank(), one)));
}

function blank() {
  return section.querySelector("template").content.firstElementChild.cloneNode(true);
}

function fill(face, one) {
  face.dataset.file = one.file;
  face.dataset.state = one.state;
  face.querySelector(".name").textContent = one.name;
  face.querySelector(".says").textContent = one.says;
  if (one.place) face.querySelector("a").href = one.place;
  const [before, after] = face.querySelectorAll("img");
  show(before, one.before);
  show(after, one.after);
  return face;
}

function show(picture, address) {
  if (address && picture.getAttribute("src") !== address) picture.src = address;
  picture.hidden = !address;
}

listen();
