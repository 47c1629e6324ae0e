// Photos from where they are chosen to where they have arrived: a queue that goes on by itself.

import { newKey, openQueue } from "./upload-queue.js";
import { shrink } from "./upload-shrink.js";
import { Ended, Refused, SignedOut, cancel, send } from "./upload-tus.js";

const SHORTEST = 1_000; // ms between two tries
const LONGEST = 30_000;
const SIGN_IN = 5_000; // ms until it is seen whether somebody has signed in again

class Photos {
  constructor(section, queue) {
    this.queue = queue;
    this.endpoint = section.dataset.endpoint;
    this.place = section.dataset.place;
    this.listing = section.dataset.listing;
    this.replaces = section.dataset.replaces; // one photo, in whose place another one comes
    this.section = section;
    this.texts = section.dataset;
    this.list = section.querySelector(".photos");
    this.template = section.querySelector("template");
    this.original = section.querySelector("[name=original]");
    this.rows = new Map();
    this.chosen = 0;
    this.running = false;
    this.current = null; // the photo that is being sent, or tried again
    this.cancelled = new Set(); // by their keys, since what the queue gives back are copies
    this.promise(queue.lasts);
    const picker = section.querySelector("input[type=file]");
    picker.addEventListener("change", () => {
      this.add([...picker.files]);
      picker.value = ""; // the same photo may be chosen again
    });
    takeDropped(section.querySelector(".drop"), (files) => this.add(files));
  }

  /** Say that what has not arrived outlives this page, or that it does not. */
  promise(kept) {
    this.section.querySelector("[data-needs=storage]").hidden = kept;
    this.section.querySelector("[data-kept]").hidden = !kept;
  }

  /** Go on with what an earlier visit has left. */
  async resume() {
    for (const photo of await this.queue.of(this.place)) this.show(photo);
    this.run();
  }

  async add(files) {
    for (const file of this.replaces ? files.slice(0, 1) : files) {
      const photo = { key: newKey(), place: this.place, listing: this.listing, name: file.name, blob: file };
      photo.replaces = this.replaces;
      photo.chosen = Date.now() * 1000 + this.chosen++;
      this.show(photo);
      this.say(photo, "shrinking");
      if (!this.original.checked) photo.blob = await shrink(file);
      if (this.cancelled.has(photo.key)) continue;
      await this.queue.put(photo).catch(() => this.keepAnyway(photo));
      this.say(photo, "waiting");
      this.run();
    }
  }

  /** The disk of the phone is full: this photo is sent as long as the page stays open. */
  keepAnyway(photo) {
    this.promise(false);
    this.unkept ??= [];
    this.unkept.push(photo);
  }

  /** Send what waits, one after the other, until nothing does. */
  async run() {
    if (this.running) return;
    this.running = true;
    let pause = SHORTEST;
    for (let photo = await this.next(); photo; photo = await this.next()) {
      this.current = photo;
      try {
        await this.send(photo);
        pause = SHORTEST;
      } catch (fault) {
        if (this.cancelled.has(photo.key)) {
          await cancel(photo, this.endpoint); // its address may not have been known yet
          continue;
        }
        if (fault instanceof Refused) {
          await this.refuse(photo, fault.message);
          continue;
        }
        if (fault instanceof Ended) {
          this.say(photo, "ended", "bad", fault.message);
          break;
        }
        if (fault instanceof SignedOut) {
          this.say(photo, "ended", "bad");
          await wait(SIGN_IN);
          continue;
        }
        this.say(photo, "again", "", fault.message);
        await wait(pause);
        pause = Math.min(2 * pause, LONGEST);
      }
    }
    this.running = false;
  }

  async next() {
    const waiting = [...(await this.queue.of(this.place)), ...(this.unkept ?? [])];
    return waiting.find((photo) => !this.cancelled.has(photo.key));
  }

  async send(photo) {
    this.show(photo);
    this.say(photo, "sending");
    const cancelled = () => this.cancelled.has(photo.key);
    await send(photo, this.endpoint, {
      kept: async (changed) => {
        if (!cancelled()) await this.queue.put(changed).catch(() => {});
      },
      told: (share) => this.draw(photo, share),
      cancelled,
    });
    await this.forget(photo);
    const row = this.rows.get(photo.key);
    if (cancelled()) this.list.append(row); // too late, and not hidden from her
    this.say(photo, "sent", "good");
    row.querySelector("button").remove();
    this.section.dispatchEvent(new CustomEvent("arrived", { bubbles: true }));
    this.look(photo);
  }

  /** Say what the photo looks like, while the next one is on its way; where nobody can tell now, nothing is said. */
  async look(photo) {
    const line = this.rows.get(photo.key).querySelector(".look");
    line.textContent = this.texts.looking;
    const answer = await fetch(`${this.endpoint}/${photo.upload}/look`).catch(() => null);
    const { says, good } = answer?.ok ? await answer.json() : { says: "", good: true };
    line.textContent = says;
    line.classList.add(good ? "good" : "warn");
  }

  async refuse(photo, words) {
    await this.forget(photo);
    this.say(photo, "failed", "bad", words);
    for (const part of this.rows.get(photo.key).querySelectorAll("progress, button")) part.hidden = true;
  }

  /** Send a photo no further. The server gives it up at once, so that no piece on its way can complete it. */
  async drop(photo) {
    this.cancelled.add(photo.key);
    this.rows.get(photo.key).remove();
    const sent = this.current?.key === photo.key ? this.current : photo;
    await this.forget(photo);
    await cancel(sent, this.endpoint);
  }

  async forget(photo) {
    await this.queue.remove(photo.key);
    this.unkept = this.unkept?.filter((other) => other.key !== photo.key);
  }

  show(photo) {
    if (this.rows.has(photo.key)) return;
    const row = this.template.content.firstElementChild.cloneNode(true);
    const picture = row.querySelector("img");
    picture.src = URL.createObjectURL(photo.blob);
    picture.onload = () => URL.revokeObjectURL(picture.src);
    picture.onerror = () => picture.classList.add("blank"); // HEIC, where the browser cannot open it
    row.querySelector(".name").textContent = photo.name;
    row.querySelector("progress").setAttribute("aria-label", this.texts.bar.replace("{name}", photo.name));
    row.querySelector("button").addEventListener("click", () => this.drop(photo));
    this.rows.set(photo.key, row);
    this.list.append(row);
    this.say(photo, "waiting");
  }

  say(photo, state, look = "", words = "") {
    const row = this.rows.get(photo.key);
    row.querySelector(".state").textContent = words || this.texts[state];
    row.dataset.state = state;
    row.classList.remove("good", "bad");
    if (look) row.classList.add(look);
  }

  draw(photo, share) {
    this.rows.get(photo.key).querySelector("progress").value = share;
  }
}

/** Wait so long, or until the line is back. */
function wait(milliseconds) {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      done();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end);
  });
}

function takeDropped(place, take) {
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    take([...event.dataTransfer.files]);
  });
}

for (const section of document.querySelectorAll(".upload")) new Photos(section, await openQueue()).resume();
