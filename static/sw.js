/**
 * Shows the page /offline when a page cannot be reached. Keeps that page with its style, and nothing
 * of anybody's.
 */
const CACHE = "offline";
const PAGE = "/offline";
const PERFORATION = "/perforation.svg";

async function keepPage() {
  const page = await fetch(PAGE, { credentials: "omit", cache: "reload" });
  const [, style] = (await page.clone().text()).match(/href="(\/styles\.css[^"]*)"/);
  const cache = await caches.open(CACHE);
  await cache.put(PAGE, page);
  await cache.addAll([style, PERFORATION]);
}

async function pageOrOffline({ preloadResponse, request }) {
  try {
    return await preloadResponse ?? await fetch(request);
  } catch {
    return await caches.match(PAGE) ?? Response.error();
  }
}

const kept = async (request) => await caches.match(request) ?? await fetch(request);

addEventListener("install", (event) => event.waitUntil(keepPage()));

// Pages are asked for while the worker is still starting.
addEventListener(
  "activate",
  (event) => event.waitUntil(Promise.resolve(registration.navigationPreload?.enable())),
);

addEventListener("fetch", (event) => {
  const { mode, method, destination, url } = event.request;
  if (mode === "navigate" && method === "GET") event.respondWith(pageOrOffline(event));
  // The address of the style changes with its content.
  else if (destination === "style" || url.endsWith(PERFORATION)) {
    event.respondWith(kept(event.request));
  }
});
