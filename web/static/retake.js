// A photo that is taken again: the page says that the new one is being worked on, and when it can be seen.

const LOOK = 4000; // ms between two looks for a new version

for (const place of document.querySelectorAll(".retake")) {
  const pending = place.querySelector("[data-state=pending]");
  const fresh = place.querySelector("[data-state=fresh]");
  let timer = 0;

  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try {
        const answer = await fetch(place.dataset.standing, { headers: { accept: "application/json" } });
        const standing = answer.ok ? await answer.json() : { made: 0, version: 1 };
        if (standing.made === standing.version) {
          pending.hidden = true;
          fresh.hidden = false;
          return;
        }
      } catch {
        // The line is cut: the next look will tell.
      }
      look();
    }, LOOK);
  };

  place.addEventListener("arrived", () => {
    pending.hidden = false;
    fresh.hidden = true;
    look();
  });
  if (!pending.hidden) look();
}
