/*
 * Sends what waits in the local queue: one after the other for each article, the oldest first, each until the server has
 * decided on it. Whoever wrote it: entries of another person wait for their owner.
 *
 * htmx does the talking. What comes from the page as it stands fills its region; what is sent later (after a reload, or
 * when the network is back) only repaints what changed, so that nobody's place is taken away.
 */
import { Queue, newKey } from "./queue.js";
import { ajax } from "./requests.js";

const UNDECIDED = new Set([0, 401, 408, 425, 429]); // and all of 5xx: the same request may go through later
const SHOWN = new Set([403, 409, 412, 422]); // htmx swaps these: the region carries the reason
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const ABANDONED_MS = 30_000; // without locks: a tab that did not touch its entry for so long is gone

const queue = new Queue();
const tab = newKey();
const usedKeys = new Set();
const watched = new Set(); // other tabs whose end this one waits for
const storing = new Map(); // entry id -> that it is stored in this browser, promised
const elements = new Map(); // entry id -> the element that it was sent from, while the page lives
let person = "";
let entries = []; // this person's, as last seen
let others = 0; // of other people in this browser
let sender = null; // the element in whose name htmx sends
let current = null; // {entry, isLive, xhr, config} while a request is under way
let isRunning = false;
let isWanted = false;
let pauses = 0;
let timer;

/** Called once by every page. `onAnswer({entry, xhr, outcome})` hears what became of each sending. */
export function startSending({ signedIn, onAnswer }) {
  person = signedIn;
  sender = document.body.appendChild(document.createElement("form"));
  sender.hidden = true;
  sender.id = "sender";
  holdLock(`workbench-tab-${tab}`);
  document.addEventListener("htmx:configRequest", fillIn);
  document.addEventListener("htmx:afterRequest", remember);
  document.addEventListener("htmx:beforeOnLoad", stayHere);
  document.addEventListener("htmx:beforeSwap", takeNoPlace);
  for (const name of ["span-changed", "span-removed"]) document.addEventListener(name, repaintOnly, true);
  queue.onChange(refresh);
  answered = onAnswer;
  addEventListener("online", sendNow);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendNow());
  refresh().then(run);
}

let answered = () => {};

/** What this person's writes in this browser are: waiting for the server, or refused by it. */
export function waitingWrites() {
  return entries.filter(({ state }) => state === "waiting");
}

export function refusedWrites() {
  return entries.filter(({ state }) => state === "refused");
}

export function writesOfOthers() {
  return others;
}

/** Whether a region still waits for the first answer to what was written in it, or made for it. */
export function isAnswerDue(region) {
  return waitingWrites().some((entry) => entry.target === region && !entry.hasFailed && elements.get(entry.id)?.isConnected);
}

/** The person went to something else in a region: what was written is stored and painted all the same, but not shown there. */
export function leaveBehind(region) {
  for (const entry of waitingWrites().filter(({ target }) => target === region)) {
    entry.isShown = false;
    elements.delete(entry.id);
  }
  if (current?.entry.target === region) current.isLive = false;
}

/** Whether this very request is one that the queue sends. */
export function isFromQueue({ elt }) {
  return elt === sender;
}

/** Takes a write in, stores it and sends it, both at once: either makes it safe. The same form sent twice is one write. */
export async function enqueue(write, element) {
  const same = waitingWrites().find((entry) => entry.key === write.key && String(entry.fields) === String(write.fields));
  if (same && !write.isEach) return sendNow();
  const key = usedKeys.has(write.key) ? newKey() : write.key || newKey(); // one form, other words: another write
  const entry = { ...write, key, id: queue.newId(), person, tab, at: Date.now(), state: "waiting", tries: 0, kept: false };
  usedKeys.add(key);
  elements.set(entry.id, element);
  entries = [...entries, entry];
  told();
  storing.set(entry.id, queue.put(entry));
  return run({ isKnown: true });
}

/** Sends what waits, whatever pause was on. */
export function sendNow() {
  pauses = 0;
  clearTimeout(timer);
  return run();
}

/** A refused write once more, shown in its region like a fresh one. */
export async function sendAgain(id) {
  const entry = entries.find((one) => one.id === id);
  if (!entry) return;
  Object.assign(entry, { state: "waiting", tries: 0, tab, isShown: true, key: newKey() });
  await queue.put(entry);
  sendNow();
}

export async function discard(ids) {
  for (const id of ids) await queue.remove(id);
  await refresh();
}

// -- the loop ----------------------------------------------------------------------------------------------------------

/** What was put in this moment is known; whatever other tabs do with theirs, they tell. */
async function run({ isKnown = false } = {}) {
  isWanted = true;
  if (isRunning || !person) return;
  isRunning = true;
  let isStuck = false;
  let isRead = isKnown;
  while (isWanted) {
    isWanted = false;
    if (!isRead) await refresh();
    isRead = isStuck = false;
    for (const article of new Set(waitingWrites().map((entry) => entry.article))) {
      const isSent = (await sendOwn(article)) && (!waitingOf(article).length || (await withLock(`workbench-writes-${person}-${article}`, () => sendAll(article))));
      if (!isSent) isStuck = true;
    }
  }
  isRunning = false;
  watchOtherTabs();
  if (isStuck || (waitingWrites().length && !navigator.locks)) later();
}

/** What this tab has just made, with nothing of another before it, nobody else sends: without the lock, in this very moment. */
async function sendOwn(article) {
  for (;;) {
    const waiting = waitingOf(article);
    if (!waiting.length || !waiting.every(isOwnAndNew)) return true;
    if (!(await sendOne(waiting[0]))) return false;
  }
}

/** All of one article, in order; false where one did not reach the server. */
async function sendAll(article) {
  for (;;) {
    const entry = await nextOf(article);
    if (!entry) return true;
    if (!isOwnAndNew(entry) && !(await queue.has(entry.id))) {
      await refresh(); // another tab has sent it
      continue;
    }
    if (!(await sendOne(entry))) return false;
  }
}

/** The oldest that is this tab's to send: its own, or that of a tab that is gone. */
async function nextOf(article) {
  const waiting = waitingOf(article);
  if (!waiting.length || waiting[0].tab === tab) return waiting[0];
  const alive = await livingTabs();
  return waiting.find((entry) => entry.tab === tab || isAbandoned(entry, alive));
}

function waitingOf(article) {
  return waitingWrites().filter((entry) => entry.article === article);
}

/** Nobody else can have sent it, and nothing but its being there has to be known of it yet. */
function isOwnAndNew(entry) {
  return entry.tab === tab && !entry.tries && Boolean(navigator.locks);
}

function isAbandoned(entry, alive) {
  return alive ? !alive.has(entry.tab) : Date.now() - (entry.triedAt ?? entry.at) > ABANDONED_MS || entry.at < performance.timeOrigin;
}

/** Returns whether the server decided. */
async function sendOne(entry) {
  const isStored = isOwnAndNew(entry);
  entry.tab = tab;
  entry.tries += 1;
  entry.triedAt = Date.now();
  if (!isStored) await queue.put(entry);
  const element = elements.get(entry.id);
  const target = document.getElementById(entry.target);
  const isLive = Boolean(target) && (entry.isShown || (element?.isConnected && (entry.tries === 1 || target.contains(element))));
  current = { entry, isLive, xhr: null };
  const place = isLive ? { target, swap: entry.swap } : { target: sender, swap: "none" };
  if (!isStored) told();
  await ajax("POST", entry.path, { source: sender, ...place, headers: { "HX-Current-URL": entry.page } }).catch(() => {});
  const { xhr, isLive: isStillLive } = current;
  current = null;
  return settle(entry, xhr, isStillLive, element);
}

async function settle(entry, xhr, isLive, element) {
  await storing.get(entry.id);
  storing.delete(entry.id);
  const outcome = outcomeOf(xhr);
  if (outcome === "stored") await stored(entry, xhr);
  else if (outcome === "refused") await refused(entry, xhr, isLive);
  else await lost(entry, xhr);
  await refresh();
  if (outcome !== "lost") pauses = 0;
  answered({ entry, xhr, outcome, isLive, element });
  document.dispatchEvent(new CustomEvent("write-answered", { detail: { entry, outcome, isLive, element } }));
  relay(element, xhr, outcome);
  return outcome !== "lost";
}

/** stored, refused (the workbench said no, for good), or lost: nobody decided on it. */
function outcomeOf(xhr) {
  const status = xhr?.status ?? 0;
  if (UNDECIDED.has(status) || status >= 500 || isSignIn(xhr)) return "lost";
  if (status < 400) return "stored";
  return status === 403 && !xhr.getResponseHeader("Workbench-Refused") ? "lost" : "refused"; // a token that is too old
}

async function stored(entry, xhr) {
  await queue.remove(entry.id);
  elements.delete(entry.id);
  const [row, version] = (xhr.getResponseHeader("Workbench-Version") ?? "").split(" ");
  const was = valueOf(entry, "version");
  if (row) renew(entry.target, row, was, version);
  for (const other of entries) {
    if (other.id === entry.id) continue;
    if (other.state === "refused" && other.path === entry.path) await queue.remove(other.id); // said anew, and stored
    else if (row && other.state === "waiting" && !other.tries && other.path.includes(row) && valueOf(other, "version") === was) {
      other.fields = other.fields.map(([name, value]) => [name, name === "version" ? version : value]);
      await queue.put(other); // made from the same form, behind this one: one's own change is no conflict
    }
  }
}

/** A region that was not swapped has forms from before the write: they build on it now, as one's own change is no conflict. */
function renew(region, row, was, version) {
  for (const field of document.querySelectorAll(`#${CSS.escape(region)} form[action*="${CSS.escape(row)}"] [name=version]`)) {
    if (field.value === was) field.value = version;
  }
}

/** Kept in words, unless the page shows the refusal beside what was written; a conflict is kept until it is settled. */
async function refused(entry, xhr, isLive) {
  const isRead = isLive && SHOWN.has(xhr.status) && xhr.status !== 412;
  if (isRead) {
    elements.delete(entry.id);
    return queue.remove(entry.id);
  }
  const reason = decodeURIComponent(xhr.getResponseHeader("Workbench-Refused") ?? "");
  Object.assign(entry, { state: "refused", status: xhr.status, reason, isShown: false });
  return queue.put(entry);
}

function lost(entry, xhr) {
  entry.hasFailed = true;
  if (xhr?.status === 429) pauses = Math.max(pauses, 3);
  return queue.put(entry);
}

export function valueOf({ fields }, name) {
  return fields.find(([known]) => known === name)?.[1];
}

function later() {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pauses) * (0.8 + Math.random() * 0.4);
  pauses += 1;
  clearTimeout(timer);
  timer = setTimeout(run, pause);
}

/** Reads the queue again, which other tabs change too. */
async function refresh() {
  const all = await queue.all();
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  const mine = all.filter((entry) => entry.person === person).map((entry) => newer(known.get(entry.id), entry));
  const unborn = entries.filter((entry) => !entry.kept && !entry.tries && entry.tab === tab && !mine.includes(entry));
  entries = [...mine, ...unborn].sort((a, b) => (a.id < b.id ? -1 : 1));
  others = all.length - mine.length;
  told();
}

/** What this tab sends itself, it knows best. */
function newer(known, stored) {
  return known?.tab === tab && stored.tab === tab ? known : Object.assign(known ?? {}, stored);
}

function told() {
  document.dispatchEvent(new CustomEvent("queue-changed"));
}

// -- in the words of htmx ----------------------------------------------------------------------------------------------

/** The request carries what was stored, and not what the page's fields hold by now. */
function fillIn({ detail }) {
  if (detail.elt !== sender || !current) return;
  const fields = new FormData();
  for (const [name, value] of current.entry.fields) fields.append(name, value);
  fields.set("idempotency_key", current.entry.key);
  detail.parameters = fields;
  const token = tokenInCookie();
  if (token) detail.headers["X-CSRFToken"] = token;
}

function remember({ detail }) {
  if (detail.elt === sender && current) current.xhr = detail.xhr;
}

/** What is sent later must not lead away from the page. */
function stayHere(event) {
  const { detail } = event;
  if (detail.elt !== sender || !current) return;
  if (isWrittenIn(document.getElementById(current.entry.target))) current.isLive = false;
  if (!current.isLive && detail.xhr.getResponseHeader("HX-Redirect")) event.preventDefault();
}

/** Whether somebody writes in a region, in another form than the one that is answered. */
function isWrittenIn(region) {
  const field = document.activeElement;
  return Boolean(region?.contains(field) && field.matches("textarea, input:not([type=radio], [type=checkbox])")) && !elements.get(current.entry.id)?.closest("form")?.contains(field);
}

/** Nor take a region from somebody who went to something else in it, or writes there; what comes beside it still comes. */
function takeNoPlace({ detail }) {
  const isOurs = detail.requestConfig?.elt === sender && current?.isLive === false;
  if (isOurs && detail.target.id === current.entry.target) Object.assign(detail, { target: sender, swapOverride: "none" });
}

/** Nor make another annotation the current one. */
function repaintOnly(event) {
  if (event.target !== sender || current?.isLive !== false) return;
  event.stopImmediatePropagation();
  const { id } = event.detail;
  const detail = event.type === "span-removed" ? { removed: [id] } : { changed: [event.detail] };
  document.dispatchEvent(new CustomEvent("spans-changed", { detail }));
}

/** Parts of the page listen at their own forms. */
function relay(element, xhr, outcome) {
  const detail = { elt: element, xhr, successful: outcome === "stored", failed: outcome !== "stored", isRelayed: true };
  element?.dispatchEvent(new CustomEvent("htmx:afterRequest", { detail, bubbles: true }));
}

export function tokenInCookie() {
  return document.cookie.match(/(?:^|;\s*)(?:__\w+-)?csrftoken=([^;]+)/)?.[1];
}

export function isSignIn(xhr) {
  const signIn = document.body.dataset.signIn;
  return Boolean(signIn && xhr?.responseURL && new URL(xhr.responseURL).pathname === signIn && location.pathname !== signIn);
}

// -- several tabs ------------------------------------------------------------------------------------------------------

function holdLock(name) {
  navigator.locks?.request(name, () => new Promise(() => {}));
}

/** Two tabs do not send at once. Without locks the keys make sending twice harmless. */
function withLock(name, work) {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}

/** A tab holds its lock as long as it lives: who gets it takes over what the tab left. */
function watchOtherTabs() {
  for (const { tab: other } of waitingWrites()) {
    if (other === tab || watched.has(other) || !navigator.locks) continue;
    watched.add(other);
    navigator.locks.request(`workbench-tab-${other}`, () => {}).then(run);
  }
}

async function livingTabs() {
  if (!navigator.locks) return null;
  const { held } = await navigator.locks.query();
  return new Set(held.map(({ name }) => name.replace("workbench-tab-", "")));
}
