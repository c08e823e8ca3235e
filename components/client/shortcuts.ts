/** What single keys do; `ShortcutsDialog` tells of them. */
import { attempt } from "./storage.ts";

/** Cards of a feed and tiles of a grid. */
const POSTS = ":is(article.post, .tile):not([hidden], [hidden] *)";
const DIALOG = "#shortcuts";
const SWITCH = ".shortcuts-switch";
const TYPING = "input, textarea, select, [contenteditable]";

const KEY = "shortcuts";
const OFF = "off";

const ACTIONS: Readonly<Record<string, () => void>> = {
  j: () => move(1),
  k: () => move(-1),
  l: () => ofPost(".like-button")?.click(),
  c: comment,
  "/": search,
  "?": () => document.querySelector<HTMLDialogElement>(DIALOG)!.showModal(),
};

/** All posts of the page, and the index of the one that has the focus and is in view, or -1. */
function posts(): [all: HTMLElement[], focused: number] {
  const all = [...document.querySelectorAll<HTMLElement>(POSTS)];
  const focused = all.findIndex((post) => {
    const { top, bottom } = post.getBoundingClientRect();
    return post.contains(document.activeElement) && bottom > 0 && top < innerHeight;
  });
  return [all, focused];
}

function move(step: 1 | -1): void {
  const [all, focused] = posts();
  const above = all.filter((post) => post.getBoundingClientRect().top < 0).length;
  const post = all[focused >= 0 ? focused + step : step > 0 ? above : above - 1];
  if (post === undefined) return;
  if (!post.matches("a")) post.tabIndex = -1;
  post.focus({ preventScroll: true });
  post.scrollIntoView();
}

/** A part of the post that has the focus, or else of the one that is looked at. */
function ofPost<Part extends HTMLElement>(selector: string): Part | null | undefined {
  const [all, focused] = posts();
  const post = all[focused] ??
    all.find((post) => post.getBoundingClientRect().bottom > innerHeight / 3);
  return post?.querySelector<Part>(selector);
}

function comment(): void {
  const link = ofPost<HTMLAnchorElement>("a.action");
  // As the target of the address, the field takes the focus.
  if (link) location.assign(link.href.replace("#comments", "#comment-content"));
}

function search(): void {
  const field = document.getElementById("search");
  if (field === null) location.assign("/search#search");
  else field.focus();
}

function pressed(event: KeyboardEvent): void {
  const { key, target } = event;
  if (!Object.hasOwn(ACTIONS, key) || event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if ((target as Element).closest(TYPING) || document.querySelector("dialog[open]")) return;
  if ((event.repeat && key !== "j" && key !== "k") || !areOn()) return;
  event.preventDefault();
  ACTIONS[key]!();
}

/** What was chosen in this browser. */
const areOn = () => attempt(() => localStorage.getItem(KEY)) !== OFF;

function showChoice(): void {
  for (const box of document.querySelectorAll<HTMLInputElement>(SWITCH)) box.checked = areOn();
}

function switched({ target }: Event): void {
  const box = target as HTMLInputElement;
  if (!box.matches(SWITCH)) return;
  attempt(() => localStorage.setItem(KEY, box.checked ? "on" : OFF));
  showChoice();
}

/** Listens to keys, and to the switches that turn this off; answers how to stop. */
export function listenForShortcuts(): () => void {
  showChoice();
  addEventListener("keydown", pressed);
  addEventListener("change", switched);
  return () => {
    removeEventListener("keydown", pressed);
    removeEventListener("change", switched);
  };
}
