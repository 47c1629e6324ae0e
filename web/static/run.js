// A run that is seen: each event changes one product's card. A lost line is restored by the browser itself.

const section = document.querySelector(".run");
const status = section.querySelector("[role=status]");
const events = new EventSource(section.dataset.events);

events.addEventListener("open", () => say("watch"));
events.addEventListener("error", () => say("lost"));
events.addEventListener("listing", (event) => draw(JSON.parse(event.data)));
events.addEventListener("over", () => end("over"));
// Whoever has been signed out is told no more: the page leads on to where she signs in.
events.addEventListener("ended", () => {
  end("ended");
  location.reload();
});

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
