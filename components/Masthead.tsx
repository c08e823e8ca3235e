import Button from "./Button.tsx";
import Logo from "./Logo.tsx";

/** The head of a page for who is not logged in. */
export default function Masthead() {
  return (
    <header class="masthead">
      <a href="/">
        <Logo />
      </a>
      <nav class="masthead-nav" aria-label="Account">
        <Button kind="quiet" href="/auth/login">Log in</Button>
        <Button href="/auth/register">Sign up</Button>
      </nav>
    </header>
  );
}
