import { asset, Head, IS_BROWSER } from "fresh/runtime";
import { useEffect, useState } from "preact/hooks";

export default function Title({ initial }: { initial: string }) {
  const [title, setTitle] = useState(initial);
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(IS_BROWSER), []);
  return (
    <form>
      <Head>
        <title>{title}</title>
        <meta name="description" content={`About ${title}`} />
      </Head>
      <input
        data-ready={ready}
        onInput={(event) => setTitle(event.currentTarget.value)}
        value={title}
      />
      <img src={asset("/logo.svg")} alt="" />
    </form>
  );
}
