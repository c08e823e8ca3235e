import { HttpError, page } from "fresh";
import ErrorView, { errorTitle } from "../components/ErrorView.tsx";
import { answerTo } from "../web/problem.ts";
import { securityHeaders } from "../web/security.ts";
import { type Ctx, define } from "../web/state.ts";
import Page from "./(_components)/Page.tsx";

/** What went wrong, with its status and the headers that belong to it (Allow, Retry-After). */
export const handler = (ctx: Ctx) => {
  const { problem: { status, detail }, headers } = answerTo(ctx.error);
  const isOurWord = status < 500 && !(ctx.error instanceof HttpError);
  return page({ status, detail: isOurWord ? detail : null }, {
    status,
    headers: { ...securityHeaders(ctx.state.publicUrl), "cache-control": "no-store", ...headers },
  });
};

export default define.page<typeof handler>(({ data: { status, detail }, state, url }) => (
  <Page state={state} url={url} layout="full" title={errorTitle(status)} noIndex>
    <ErrorView status={status} detail={detail} />
  </Page>
));
