import ErrorView, { errorTitle } from "../components/ErrorView.tsx";
import Logo from "../components/Logo.tsx";
import Meta from "../components/Meta.tsx";
import { define } from "../web/state.ts";

/** What the service worker shows without a connection: the same for everybody, so nobody's to keep. */
export default define.page(({ state, url }) => (
  <>
    <Meta url={new URL(url.pathname, state.publicUrl)} title={errorTitle(0)} noIndex />
    <header class="masthead">
      <a href="/">
        <Logo />
      </a>
    </header>
    <main class="main main-full" id="main">
      <ErrorView status={0} action={{ href: "", label: "Try again" }} />
    </main>
  </>
));
