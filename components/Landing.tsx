import Button from "./Button.tsx";
import FilmStrip from "./FilmStrip.tsx";

const PROMISES = [
  {
    title: "In order",
    text: "The newest picture first. No ranking, no suggestions, nothing that scrolls by itself.",
  },
  {
    title: "With an end",
    text: "When you have seen everything, the feed says so, and you can put the phone away.",
  },
  {
    title: "On your server",
    text: "One program and one file on a machine of your own. No ads, no trackers, no company.",
  },
] as const;

/** What this is, for who is not logged in; for a `full` layout. */
export default function Landing() {
  return (
    <div class="landing">
      <section class="hero">
        <h1>Pictures, in the order they were taken.</h1>
        <p class="hero-lead">
          Filmroll is photo sharing for the people you know, on a server that is yours.
        </p>
        <div class="hero-actions">
          <Button href="/auth/register">Create an account</Button>
          <Button kind="secondary" href="/auth/login">Log in</Button>
        </div>
      </section>
      <FilmStrip direction="horizontal" frames={10} />
      <ul class="promises">
        {PROMISES.map(({ title, text }) => (
          <li key={title}>
            <h2>{title}</h2>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
