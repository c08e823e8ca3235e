import { elementHeadKey } from "./head.ts";

/** Makes the document's head that of a page that was fetched. A page without a title has no head to say. */
export async function mergeHead(incoming: Document): Promise<void> {
  const title = incoming.head.querySelector("title");
  if (title === null) return;
  document.title = title.text;
  if (incoming.documentElement.lang) document.documentElement.lang = incoming.documentElement.lang;

  const present = byKey(document.head);
  const wanted = byKey(incoming.head);
  for (const [key, element] of present) {
    if (isAboutPage(element) && !wanted.has(key)) element.remove();
  }
  const loading: Promise<unknown>[] = [];
  for (const [key, element] of wanted) {
    if (isExecutable(element) || element instanceof HTMLTitleElement) continue;
    const existing = present.get(key);
    if (existing === undefined) loading.push(adopt(element));
    else if (existing.outerHTML !== element.outerHTML && isAboutPage(existing)) {
      existing.replaceWith(element);
    }
  }
  await Promise.all(loading);
}

function byKey(head: HTMLHeadElement): Map<string, HTMLElement> {
  const elements = Array.from(head.children) as HTMLElement[];
  return new Map(elements.map((element) => [elementHeadKey(element), element]));
}

/** Whether an element says something about one page, rather than loading something for all. */
function isAboutPage(element: HTMLElement): boolean {
  return element.matches("meta[name], meta[property], link[rel=canonical], script[type*=json]");
}

/** Scripts run once, and not again because a page has them too. */
function isExecutable(element: HTMLElement): boolean {
  return element instanceof HTMLScriptElement && !element.type.includes("json");
}

/** Appends an element, and waits for a style sheet, so that nothing is seen without its style. */
async function adopt(element: HTMLElement): Promise<void> {
  if (element instanceof HTMLLinkElement && element.rel === "modulepreload") return;
  // The policy of the page that is shown knows its own nonce only.
  const nonce = document.querySelector<HTMLElement>("[nonce]")?.nonce;
  if (element instanceof HTMLStyleElement && nonce) element.nonce = nonce;
  document.head.append(element);
  if (element instanceof HTMLLinkElement && element.rel === "stylesheet") {
    await new Promise((settle) => {
      element.onload = element.onerror = settle;
    });
  }
}
