/*
 * The local queue: writes that no server has answered for yet, kept in IndexedDB until one has. No network here.
 *
 * An entry is a plain object {id, person, article, tab, path, page, fields, key, words, at, state, ...}; ids sort in the
 * order of making. Where the browser has no IndexedDB, or no room in it, an entry lives as long as the page: `kept` says.
 */
const DATABASE = "workbench";
const WRITES = "writes";

export class Queue {
  constructor() {
    this.inMemory = new Map();
    this.lastTime = 0;
    this.count = 0;
    this.database = opened().catch(() => null);
    this.channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(DATABASE) : null;
  }

  /** `listener()` whenever another tab changed the queue. */
  onChange(listener) {
    if (this.channel) this.channel.onmessage = listener;
  }

  newId() {
    this.lastTime = Math.max(this.lastTime, Date.now()); // a clock that was set back must not change the order
    this.count += 1;
    return `${String(this.lastTime).padStart(15, "0")}-${String(this.count).padStart(6, "0")}-${newKey().slice(0, 6)}`;
  }

  /** Stores an entry as it is now; `entry.kept` then says whether it outlives the page. */
  async put(entry) {
    try {
      await this.#do("readwrite", (store) => store.put({ ...entry, kept: true }));
      entry.kept = true;
      this.inMemory.delete(entry.id);
    } catch {
      entry.kept = false;
      this.inMemory.set(entry.id, entry);
    }
    this.channel?.postMessage("changed");
  }

  async remove(id) {
    this.inMemory.delete(id);
    await this.#do("readwrite", (store) => store.delete(id)).catch(() => {});
    this.channel?.postMessage("changed");
  }

  async has(id) {
    return this.inMemory.has(id) || Boolean(await this.#do("readonly", (store) => store.getKey(id)).catch(() => false));
  }

  /** All entries, of whatever person, in their order. */
  async all() {
    const stored = await this.#do("readonly", (store) => store.getAll()).catch(() => []);
    return [...stored, ...this.inMemory.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async #do(mode, work) {
    const database = await this.database;
    if (!database) throw new Error("no IndexedDB");
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(WRITES, mode);
      const request = work(transaction.objectStore(WRITES));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  }
}

/** 128 random bits; crypto.randomUUID is missing where the page came over plain http from another machine. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1); // throws where the browser forbids it
    request.onupgradeneeded = () => request.result.createObjectStore(WRITES, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}
