import { Head } from "fresh/runtime";
import Counter from "../../islands/Counter.tsx";

export default function A() {
  return (
    <article>
      <Head>
        <title>Page A</title>
        <meta name="description" content="About A" />
        <meta property="og:title" content="A" />
      </Head>
      <h1>A</h1>
      <Counter label="Inside" />
    </article>
  );
}
