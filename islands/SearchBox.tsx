import { useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { request, RequestFailed } from "../components/client/api.ts";
import { counted } from "../components/count.ts";
import Avatar from "../components/Avatar.tsx";
import { hashtagHref } from "../components/hashtag_href.ts";
import Icon from "../components/Icon.tsx";
import { search } from "../components/icons.ts";
import type { Hashtag, User } from "../web/schemas.ts";

export interface SearchBoxProps {
  /** What was searched for. */
  readonly q: string;
}

type Suggestion =
  | { readonly kind: "person"; readonly href: string; readonly user: User }
  | { readonly kind: "hashtag"; readonly href: string; readonly hashtag: Hashtag };

const LIST = "search-suggestions";
const AFTER_MS = 120;
const MOST = 5;

/** A '#' asks for hashtags alone, an '@' for people alone. */
async function suggest(text: string): Promise<Suggestion[]> {
  const query = `?limit=${MOST}&q=${encodeURIComponent(text)}`;
  const [people, hashtags] = await Promise.all([
    text.startsWith("#") ? [] : request<User[]>("GET", `/search/users${query}`),
    text.startsWith("@") ? [] : request<Hashtag[]>("GET", `/search/hashtags${query}`),
  ]);
  return [
    ...people.map((user): Suggestion => ({ kind: "person", href: `/@${user.username}`, user })),
    ...hashtags.map((hashtag): Suggestion => ({
      kind: "hashtag",
      href: hashtagHref(hashtag.name),
      hashtag,
    })),
  ];
}

function Option({ suggestion }: { suggestion: Suggestion }) {
  if (suggestion.kind === "hashtag") {
    const { name, post_count } = suggestion.hashtag;
    return (
      <>
        <span class="hashtag-mark" aria-hidden="true">#</span>
        <span class="person-names">
          <span class="person-name">#{name}</span>
          <span class="person-username">{counted(post_count, "post")}</span>
        </span>
      </>
    );
  }
  const { id, username, full_name, profile_image_url } = suggestion.user;
  return (
    <>
      <Avatar userId={id} username={username} fullName={full_name} imageUrl={profile_image_url} />
      <span class="person-names">
        <span class="person-name">{full_name ?? username}</span>
        <span class="person-username">@{username}</span>
      </span>
    </>
  );
}

/**
 * The search field. With script it suggests while one types: arrows choose, Enter goes there, Escape
 * closes (the combobox pattern of ARIA); without it is a form.
 */
export default function SearchBox({ q }: SearchBoxProps) {
  const suggestions = useSignal<readonly Suggestion[]>([]);
  const active = useSignal(-1);
  const open = useSignal(false);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const latest = useRef(0);

  function close() {
    clearTimeout(timer.current);
    latest.current++;
    open.value = false;
    active.value = -1;
  }

  async function show(text: string) {
    const asked = ++latest.current;
    let found: Suggestion[];
    try {
      found = text === "" ? [] : await suggest(text);
    } catch (error) {
      // Suggestions are a courtesy: the form still searches, and says what is wrong.
      if (error instanceof RequestFailed) return;
      throw error;
    }
    if (asked !== latest.current) return;
    suggestions.value = found;
    active.value = -1;
    open.value = found.length > 0;
  }

  function typed(text: string) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => show(text.trim()), AFTER_MS);
  }

  /** Goes round through the suggestions and the field itself, which is -1. */
  function move(by: 1 | -1) {
    const stops = suggestions.value.length + 1;
    active.value = (active.value + 1 + by + stops) % stops - 1;
    document.getElementById(`${LIST}-${active.value}`)?.scrollIntoView({ block: "nearest" });
  }

  function pressed(event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }) {
    const { key } = event;
    if (event.isComposing) return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (open.value) move(key === "ArrowDown" ? 1 : -1);
      else show(event.currentTarget.value.trim());
    } else if (key === "Escape" && open.value) {
      event.preventDefault();
      close();
    } else if (key === "Enter" && open.value && active.value >= 0) {
      event.preventDefault();
      location.assign(suggestions.value[active.value]!.href);
    }
  }

  const shown = open.value ? suggestions.value : [];
  return (
    <form class="search-box" role="search" action="/search">
      <button class="icon-button" type="submit">
        <Icon path={search} />
        <span class="visually-hidden">Search</span>
      </button>
      <input
        class="field-control"
        id="search"
        type="text"
        inputMode="search"
        enterKeyHint="search"
        name="q"
        {
          // Spread, since as an attribute of its own it would not become the value in the HTML.
          ...{ defaultValue: q }
        }
        placeholder="People and hashtags"
        aria-label="Search people and hashtags"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open.value ? "true" : "false"}
        aria-controls={LIST}
        aria-activedescendant={active.value >= 0 ? `${LIST}-${active.value}` : undefined}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        onInput={(event) => typed(event.currentTarget.value)}
        onKeyDown={pressed}
        onBlur={close}
      />
      <ul
        class="search-suggestions"
        id={LIST}
        role="listbox"
        aria-label="Suggestions"
        hidden={!open.value}
      >
        {shown.map((suggestion, index) => (
          <li
            key={suggestion.href}
            id={`${LIST}-${index}`}
            class="person"
            role="option"
            aria-selected={index === active.value ? "true" : "false"}
            // Pressing must not take the focus from the field, which would close the list.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => location.assign(suggestion.href)}
          >
            <Option suggestion={suggestion} />
          </li>
        ))}
      </ul>
      <span class="visually-hidden" role="status">
        {open.value && counted(shown.length, "suggestion")}
      </span>
    </form>
  );
}
