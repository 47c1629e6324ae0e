// A run that is seen: each event changes one product's card. A lost line is restored by the browser itself.

const section = document.querySelector(".run");
const status = section.querySelector("[role=status]");
const events = new EventSource(section.dataset.events);

events.addEventListener("open", () => say("watch"));
events.addEventListener("error", () => say("lost"));
events.addEventListener("listing", (event) => draw(JSON.parse(event.data)));
events.addEventListener("over", () => {
  events.close();
  say("over");
});

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
}
