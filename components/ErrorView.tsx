import Button from "./Button.tsx";

export interface ErrorViewProps {
  /** HTTP status; 0 for no connection. */
  readonly status: number;
  /** What exactly was not found or not allowed, where the server says so. */
  readonly detail?: string | null;
  readonly action?: { readonly href: string; readonly label: string };
}

interface Words {
  readonly title: string;
  readonly text: string;
}

const WORDS: Readonly<Record<number, Words>> = {
  0: { title: "You are offline", text: "Pictures come back as soon as the connection does." },
  400: { title: "That did not come through", text: "The request could not be understood." },
  401: { title: "Log in first", text: "This page is for members." },
  403: { title: "Not yours to change", text: "Only its author may do that." },
  404: {
    title: "This frame is blank",
    text: "There is nothing at this address. It may have been deleted, or never taken.",
  },
  405: { title: "Not that way", text: "This address does not do what was asked of it." },
  413: { title: "Too large", text: "What you sent is over this server’s limit." },
  415: { title: "The wrong kind of film", text: "This address does not take what was sent." },
  422: { title: "Something is missing", text: "What was sent was not complete or not right." },
  429: { title: "One moment", text: "That was a lot at once. Wait a little and try again." },
  500: {
    title: "Light leaked in",
    text: "Something went wrong on our side. Your pictures are safe; please try again.",
  },
  503: {
    title: "The shutter is stuck",
    text: "This is not possible right now. Nothing is lost; please try again in a moment.",
  },
};

/** The words for a status; any other is told as the first of its class. */
function wordsFor(status: number): Words {
  return WORDS[status] ?? WORDS[status >= 500 ? 500 : 400]!;
}

/** A page that says what went wrong and where to go from there. */
export default function ErrorView(
  { status, detail = null, action = { href: "/", label: "Back to the pictures" } }: ErrorViewProps,
) {
  const { title, text } = wordsFor(status);
  return (
    <section class="error">
      <p class="error-frame">
        <span>{status === 0 ? "—" : status}</span>
      </p>
      <h1>{title}</h1>
      <p>{detail ?? text}</p>
      <Button href={action.href}>{action.label}</Button>
    </section>
  );
}

/** The title of the page, for `Meta`. */
export function errorTitle(status: number): string {
  return wordsFor(status).title;
}
