/**
 * Client navigation: links, buttons and forms below `f-client-nav` fetch a page and exchange the
 * partials that it shares with this one. Whatever goes wrong, the browser loads the page itself.
 *
 * @module
 */
import {
  activePartials,
  CLIENT_NAV,
  PageReader,
  PARTIAL_PARAM,
  PARTIAL_URL,
  ready,
} from "./client.ts";
import { matchLink } from "./links.ts";
import { mergeHead } from "./merge_head.ts";

/** Something to show in this page. */
interface Visit {
  /** Where the person goes; null when a part of the page changes and the address does not. */
  readonly url: URL | null;
  /** Where the partials come from. */
  readonly from: URL;
  readonly init: RequestInit;
  /** Whether the visit is a step in the history that the browser has made already. */
  readonly isBack: boolean;
  /** Told while the visit is under way. */
  readonly indicator: { value: boolean } | undefined;
  /** Lets the browser do it without us. */
  fallBack(): void;
}

/** Visits under way. */
const underWay = new Set<AbortController>();
/** Settles when all visits up to now are over: answers are applied in the order of their requests. */
let lastVisit: Promise<void> = ready;

/** Where this page is from, without the fragment. */
let shown = withoutHash(new URL(location.href));

/** Starts a visit. A person who goes elsewhere ends the visits before. */
function visit(target: Visit): void {
  if (target.url !== null) { for (const earlier of underWay) earlier.abort(); }
  const controller = new AbortController();
  underWay.add(controller);
  if (target.indicator !== undefined) target.indicator.value = true;
  const before = lastVisit;
  lastVisit = (async () => {
    try {
      await perform(target, controller.signal, before);
    } catch (error) {
      if (!controller.signal.aborted) {
        console.warn(`Could not show "${target.from}" in this page`, error);
        target.fallBack();
      }
    } finally {
      underWay.delete(controller);
      if (target.indicator !== undefined) target.indicator.value = false;
    }
  })();
}

async function perform(target: Visit, signal: AbortSignal, before: Promise<void>): Promise<void> {
  const from = new URL(target.from);
  from.searchParams.set(PARTIAL_PARAM, "true");
  const response = await fetch(from, { ...target.init, signal });
  const html = await response.text();
  try {
    await show(target, response, html, signal, before);
  } catch (error) {
    // What was sent must not be sent again: it could do again what it does.
    if (signal.aborted || target.init.method === undefined) throw error;
    showInstead(response, html);
  }
}

async function show(
  target: Visit,
  response: Response,
  html: string,
  signal: AbortSignal,
  before: Promise<void>,
): Promise<void> {
  if (!response.headers.get("content-type")?.startsWith("text/html")) {
    throw new Error(`The answer is "${response.headers.get("content-type")}": wanted "text/html"`);
  }
  const incoming = new DOMParser().parseFromString(html, "text/html");
  const reader = await PageReader.open(incoming);
  await before;
  if (signal.aborted) return;

  const partials = reader.partials().filter(({ name }) => activePartials.has(name));
  if (partials.length === 0) throw new Error("The answer has no partial of this page");
  const address = target.url === null ? null : addressOf(response, target.url);
  await inTransition(async () => {
    if (address !== null) await mergeHead(incoming);
    if (signal.aborted) return;
    if (address !== null && !target.isBack) pushAddress(address);
    await Promise.all(partials.map((partial) => activePartials.get(partial.name)?.update(partial)));
    if (address !== null) arrive(address, target.isBack);
  });
}

/** Shows the answer to a form when it has nothing that fits into this page. */
function showInstead(response: Response, html: string): void {
  if (response.redirected) {
    location.assign(withoutParam(new URL(response.url)));
    return;
  }
  document.open();
  document.write(html);
  document.close();
}

/** The address of the page that came, after redirects. */
function addressOf(response: Response, url: URL): URL {
  if (!response.redirected) return url;
  const address = withoutParam(new URL(response.url));
  address.hash ||= url.hash;
  return address;
}

function pushAddress(address: URL): void {
  if (address.href === location.href) return;
  rememberScroll();
  history.pushState({ fClientNav: true }, "", address);
  // From here on an entry of the history is shown by us, and scrolled by us.
  history.scrollRestoration = "manual";
}

/** Scrolls and marks links, as on a page that was loaded. */
function arrive(address: URL, isBack: boolean): void {
  shown = withoutHash(address);
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href^="/"]')) markLink(link);
  const { scrollX = 0, scrollY = 0 } = isBack ? history.state ?? {} : {};
  const id = decodeURIComponent(address.hash.slice(1));
  const anchor = !isBack && id !== "" ? document.getElementById(id) : null;
  if (anchor !== null) anchor.scrollIntoView();
  else scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
}

function markLink(link: HTMLAnchorElement): void {
  const isOurs = link.hasAttribute("data-current") || link.hasAttribute("data-ancestor");
  if (!isOurs && link.hasAttribute("aria-current")) return;
  for (const name of ["data-current", "data-ancestor", "aria-current"]) link.removeAttribute(name);
  const match = matchLink(link.getAttribute("href")!, location.pathname, location.search);
  for (const [name, value] of Object.entries(match ?? {})) link.setAttribute(name, value);
}

/** Notes in the history where the page is scrolled to, unless the history is ahead of the page. */
function rememberScroll(): void {
  if (withoutHash(new URL(location.href)) !== shown) return;
  history.replaceState({ ...history.state, fClientNav: true, scrollX, scrollY }, "");
}

/** Runs an update as a view transition where the page asks for it and the browser has them. */
async function inTransition(update: () => Promise<void>): Promise<void> {
  const wanted = document.querySelector("[f-view-transition]:not([f-view-transition=false])");
  if (wanted === null || !("startViewTransition" in document)) return await update();
  await document.startViewTransition(update).updateCallbackDone;
}

function withoutHash(url: URL): string {
  return url.href.slice(0, url.href.length - url.hash.length);
}

function withoutParam(url: URL): URL {
  const parameters = url.search.slice(1).split("&");
  url.search = parameters.filter((text) => text !== `${PARTIAL_PARAM}=true`).join("&");
  return url;
}

/** Whether the nearest `f-client-nav` around an element says yes. */
function isEnabled(element: Element): boolean {
  const setting = element.closest(`[${CLIENT_NAV}]`)?.getAttribute(CLIENT_NAV);
  return setting !== undefined && setting !== null && setting !== "false";
}

function indicatorOf(...elements: (Element | null)[]): { value: boolean } | undefined {
  for (const element of elements) {
    const { _freshIndicator: indicator } = (element ?? {}) as {
      _freshIndicator?: { value: boolean };
    };
    if (indicator !== undefined) return indicator;
  }
}

function isSelf(target: string | null | undefined): boolean {
  return !target || target === "_self";
}

addEventListener("click", (event) => {
  const isPlain = event.button === 0 && !event.defaultPrevented &&
    !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
  if (!isPlain || !(event.target instanceof Element)) return;
  const element = event.target.closest("a[href], button");
  if (element === null || !isEnabled(element)) return;
  const partial = element.getAttribute(PARTIAL_URL);
  const indicator = indicatorOf(element);

  if (element instanceof HTMLAnchorElement) {
    const url = new URL(element.href);
    const isHere = url.hash !== "" && withoutHash(url) === shown;
    const isOurs = url.origin === location.origin && isSelf(element.target) &&
      !element.hasAttribute("download") && !isHere;
    if (!isOurs) return;
    event.preventDefault();
    const from = partial === null ? url : new URL(partial, location.href);
    const fallBack = () => location.assign(url);
    visit({ url, from, init: {}, isBack: false, indicator, fallBack });
  } else if (element instanceof HTMLButtonElement && partial !== null) {
    if (element.type === "submit" && element.form !== null) return;
    const from = new URL(partial, location.href);
    const fallBack = () => location.reload();
    visit({ url: null, from, init: {}, isBack: false, indicator, fallBack });
  }
});

addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!(form instanceof HTMLFormElement) || event.defaultPrevented || !isEnabled(form)) return;
  if (submitter !== null && !isEnabled(submitter)) return;
  const attribute = (name: string) =>
    submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name);
  const partial = submitter?.getAttribute(PARTIAL_URL) ?? form.getAttribute(PARTIAL_URL);
  const action = attribute("action");
  const method = (attribute("method") ?? "get").toLowerCase();
  const isOurs = (action !== null || partial !== null) && isSelf(attribute("target")) &&
    (method === "get" || method === "post");
  if (!isOurs) return;
  const url = new URL(action || location.href, location.href);
  const from = partial === null ? url : new URL(partial, location.href);
  if (url.origin !== location.origin || from.origin !== location.origin) return;

  event.preventDefault();
  const fields = new FormData(form, submitter);
  const indicator = indicatorOf(submitter, form);
  if (method === "get") {
    const query = new URLSearchParams(textFields(fields));
    url.search = query.toString();
    if (partial !== null) {
      for (const [name, value] of query) from.searchParams.append(name, value);
    }
    visit({ url, from, init: {}, isBack: false, indicator, fallBack: () => location.assign(url) });
    return;
  }
  const body = attribute("enctype") === "multipart/form-data"
    ? fields
    : new URLSearchParams(textFields(fields));
  const fallBack = () => submitPlainly(form, submitter);
  visit({ url, from, init: { method: "POST", body }, isBack: false, indicator, fallBack });
});

function textFields(fields: FormData): [string, string][] {
  return Array.from(
    fields,
    ([name, value]) => [name, typeof value === "string" ? value : value.name],
  );
}

/** Submits a form as if this script was not here. */
function submitPlainly(form: HTMLFormElement, submitter: HTMLElement | null): void {
  form.setAttribute(CLIENT_NAV, "false");
  submitter?.setAttribute(CLIENT_NAV, "false");
  form.requestSubmit(submitter);
}

addEventListener("popstate", ({ state }) => {
  if (!state?.fClientNav) return;
  const url = new URL(location.href);
  if (withoutHash(url) === shown) {
    arrive(url, true);
    return;
  }
  const fallBack = () => location.reload();
  if (document.querySelector(`[${CLIENT_NAV}]:not([${CLIENT_NAV}=false])`) === null) fallBack();
  else visit({ url, from: url, init: {}, isBack: true, indicator: undefined, fallBack });
});

let scrollTimer: ReturnType<typeof setTimeout> | undefined;
addEventListener("scroll", () => {
  clearTimeout(scrollTimer);
  scrollTimer = setTimeout(rememberScroll, 100);
}, { passive: true });

// When the document itself goes, the browser restores its scrolling again.
addEventListener("pagehide", () => {
  history.scrollRestoration = "auto";
});
addEventListener("pageshow", () => {
  if (history.state?.fClientNav) history.scrollRestoration = "manual";
});
rememberScroll();
