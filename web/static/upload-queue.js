// Photos that wait to be sent, kept by the browser: they outlive the page, the line and a closed lid.

const DATABASE = "etalase";
const PHOTOS = "photos";

/** Open the queue; where the browser keeps nothing, as in a private window, one in memory that says so. */
export async function openQueue() {
  try {
    return new KeptQueue(await openDatabase());
  } catch {
    return new PassingQueue();
  }
}

/** A key that no other photo has. Works without a secure context, as crypto.randomUUID does not. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

class KeptQueue {
  lasts = true;

  constructor(database) {
    this.database = database;
  }

  /** The photos of one place, such as one listing, in the order in which they were chosen. */
  async of(place) {
    const all = await this.#do("readonly", (photos) => photos.getAll());
    return all.filter((photo) => photo.place === place).sort((one, other) => one.chosen - other.chosen);
  }

  put(photo) {
    return this.#do("readwrite", (photos) => photos.put(photo));
  }

  remove(key) {
    return this.#do("readwrite", (photos) => photos.delete(key));
  }

  #do(mode, what) {
    return new Promise((done, failed) => {
      const transaction = this.database.transaction(PHOTOS, mode);
      const request = what(transaction.objectStore(PHOTOS));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = transaction.onabort = () => failed(transaction.error);
    });
  }
}

class PassingQueue {
  lasts = false;
  photos = new Map();

  async of(place) {
    return [...this.photos.values()].filter((photo) => photo.place === place);
  }

  async put(photo) {
    this.photos.set(photo.key, photo);
  }

  async remove(key) {
    this.photos.delete(key);
  }
}

function openDatabase() {
  return new Promise((done, failed) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(PHOTOS, { keyPath: "key" });
    request.onsuccess = () => done(request.result);
    request.onerror = request.onblocked = () => failed(request.error);
  });
}
