/*
 * htmx comes after the first paint of an article: reading needs none of it, and it looks at every element of a page. What
 * asks the server waits for it here; keys are held meanwhile (annotate.js), links and forms do what they do without it.
 */
const AGAIN_MS = 2_000;

/** Resolves to true; where the script does not come, it is asked for until it does. */
export const htmxCame = new Promise((resolve) => {
  if (globalThis.htmx) return resolve(true);
  const href = document.querySelector("link[data-htmx]")?.href;
  if (!href) return undefined; // this page has its script among the others
  const ask = () => document.head.append(Object.assign(document.createElement("script"), { src: href, onload: () => resolve(true), onerror: () => setTimeout(ask, AGAIN_MS) }));
  const askOncePainted = () => requestAnimationFrame(() => setTimeout(ask));
  // a page that is parsed but not complete would have htmx wait for an event that is over
  if (document.readyState === "complete") askOncePainted();
  else addEventListener("load", askOncePainted, { once: true });
});

/** htmx.ajax, as soon as there is htmx. */
export async function ajax(...request) {
  await htmxCame;
  return htmx.ajax(...request);
}
