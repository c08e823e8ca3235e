import { page } from "fresh";
import { notFound } from "../../../domain/core/errors.ts";
import { absoluteTime } from "../../../components/relative_time.ts";
import { endpoint, pageOnly } from "../../../web/operation.ts";
import { type Ctx, define } from "../../../web/state.ts";
import AdminPage from "../(_components)/AdminPage.tsx";
import { eventHref, streamHref } from "../(_components)/hrefs.ts";
import Payload from "../(_components)/Payload.tsx";
import Reveal from "../(_components)/Reveal.tsx";

async function show({ params, state: { caller, operating } }: Ctx, revealed: boolean) {
  const position = /^[1-9]\d{0,14}$/.test(params.position!) ? Number(params.position) : 0;
  const event = await operating.event(position, revealed ? caller!.id : null);
  if (event === null) throw notFound("Event");
  return page({ event, revealed, hasPersonal: operating.hasPersonal(event) });
}

export const handler = endpoint({
  GET: pageOnly({ page: (ctx) => show(ctx, false) }),
  POST: pageOnly({ page: (ctx) => show(ctx, true) }),
});

export default define.page<typeof handler>(({ data, state, url }) => {
  const { event, revealed, hasPersonal } = data;
  const { position, stream, version, type, metadata, created_at } = event;
  return (
    <AdminPage
      title={type}
      lead={
        <>
          Event {position}, version {version} of{" "}
          <a class="link" href={streamHref(stream, version)}>{stream}</a>,{" "}
          {absoluteTime(Date.parse(created_at))}
        </>
      }
      state={state}
      url={url}
    >
      <Payload title="What happened" value={event.data} />
      {hasPersonal && <Reveal action={eventHref(position)} revealed={revealed} />}
      <Payload title="Who and what brought it about" value={metadata} />
    </AdminPage>
  );
});
