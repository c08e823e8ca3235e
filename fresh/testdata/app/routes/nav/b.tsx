import { Head } from "fresh/runtime";
import { define } from "../../define.ts";
import Counter from "../../islands/Counter.tsx";

export const handler = define.handlers({
  GET: (ctx) => ({ data: ctx.url.searchParams.get("said") ?? "nothing" }),
  POST: async (ctx) => {
    const form = await ctx.req.formData();
    return ctx.redirect(`/nav/b?said=${form.get("word")} ${form.get("tone")}`, 303);
  },
});

export default define.page<typeof handler>(({ data }) => (
  <article>
    <Head>
      <title>Page B</title>
    </Head>
    <h1>B</h1>
    <p id="said">{data}</p>
    <Counter label="Inside" />
    <form method="post" action="/nav/b">
      <input name="word" />
      <button type="submit" name="tone" value="softly">Say softly</button>
      <button type="submit" name="tone" value="loudly">Say loudly</button>
    </form>
  </article>
));
