import { page } from "fresh";
import { notFound } from "../../../domain/core/errors.ts";
import { absoluteTime } from "../../../components/relative_time.ts";
import { endpoint, pageOnly } from "../../../web/operation.ts";
import { type Ctx, define } from "../../../web/state.ts";
import AdminPage from "../(_components)/AdminPage.tsx";
import EventTable from "../(_components)/EventTable.tsx";
import { streamHref } from "../(_components)/hrefs.ts";
import Payload from "../(_components)/Payload.tsx";
import Reveal from "../(_components)/Reveal.tsx";

async function show({ params, state: { caller, operating }, url }: Ctx, revealed: boolean) {
  const at = url.searchParams.get("at") ?? "";
  const stream = await operating.stream(params.stream!, {
    at: /^\d{1,15}$/.test(at) ? Number(at) : null,
    revealedTo: revealed ? caller!.id : null,
  });
  if (stream === null) throw notFound("Stream");
  return page({
    ...stream,
    name: params.stream!,
    revealed,
    hasPersonal: stream.events.some((event) => operating.hasPersonal(event)),
  });
}

export const handler = endpoint({
  GET: pageOnly({ page: (ctx) => show(ctx, false) }),
  POST: pageOnly({ page: (ctx) => show(ctx, true) }),
});

export default define.page<typeof handler>(({ data, state, url }) => {
  const { events, name, version, state: asOfThen, revealed, hasPersonal } = data;
  const event = events[version - 1]!;
  return (
    <AdminPage
      title={name}
      lead={
        <>
          As of version {version} of {events.length}, {absoluteTime(Date.parse(event.created_at))}
        </>
      }
      state={state}
      url={url}
    >
      <nav class="versions" aria-label="Versions">
        {version > 1 && <a class="link" href={streamHref(name, version - 1)}>← Before that</a>}
        {version < events.length && (
          <a class="link" href={streamHref(name, version + 1)}>After that →</a>
        )}
      </nav>
      <Payload title={`Then happened: ${event.type}`} value={event.data} />
      {asOfThen === undefined
        ? <p class="field-hint">No decision reads this stream, so it has no state.</p>
        : <Payload title="What decisions saw from then on" value={asOfThen} />}
      {hasPersonal && <Reveal action={streamHref(name, version)} revealed={revealed} />}
      <h2 class="section-title">Its events</h2>
      <EventTable label="Its events" events={events} version={version} />
    </AdminPage>
  );
});
