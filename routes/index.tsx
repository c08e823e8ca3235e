import { page } from "fresh";
import Landing from "../components/Landing.tsx";
import { type DataOf, endpoint, pageOnly } from "../web/operation.ts";
import { define } from "../web/state.ts";
import Page from "./(_components)/Page.tsx";
import Feed, { handler as feed } from "./feed.tsx";

type FeedData = DataOf<typeof feed> | null;

/** The landing page; for who is logged in, the feed. */
export const handler = endpoint<FeedData>({
  GET: pageOnly<FeedData>({ page: (ctx) => ctx.state.caller === null ? page(null) : feed(ctx) }),
});

export default define.page<typeof handler>((props) => {
  if (props.data !== null) return <Feed {...props} data={props.data} />;
  return (
    <Page state={props.state} url={props.url} layout="full">
      <Landing />
    </Page>
  );
});
