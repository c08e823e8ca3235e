import { page } from "fresh";
import ErrorView, { errorTitle } from "../components/ErrorView.tsx";
import { answerTo } from "../web/problem.ts";
import { securityHeaders } from "../web/security.ts";
import { type Ctx, define } from "../web/state.ts";
import Page from "./(_components)/Page.tsx";

/** What went wrong, with its status and the headers that belong to it (Allow, Retry-After). */
export const handler = (ctx: Ctx) => {
  const { problem, headers } = answerTo(ctx.error);
  return page(problem, {
    status: problem.status,
    headers: { ...securityHeaders(ctx.state.publicUrl), "cache-control": "no-store", ...headers },
  });
};

export default define.page<typeof handler>(({ data: { status, detail, title }, state, url }) => (
  <Page state={state} url={url} layout="full" title={errorTitle(status)} noIndex>
    <ErrorView status={status} detail={status === 500 || detail === title ? null : detail} />
  </Page>
));
