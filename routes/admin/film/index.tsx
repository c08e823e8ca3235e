import { page } from "fresh";
import { z } from "zod";
import EmptyState from "../../../components/EmptyState.tsx";
import FormField from "../../../components/FormField.tsx";
import Pagination from "../../../components/Pagination.tsx";
import type { RecordedEvent } from "../../../domain/core/event.ts";
import { endpoint, pageOnly } from "../../../web/operation.ts";
import type { FieldError } from "../../../web/problem.ts";
import { define } from "../../../web/state.ts";
import AdminPage from "../(_components)/AdminPage.tsx";
import EventTable from "../(_components)/EventTable.tsx";

const PAGE = 50;

const blankAsNone = (value: unknown) => value === "" ? undefined : value;

const field = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(blankAsNone, schema.optional());

const whole = z.string().regex(/^\d{1,15}$/, "Must be a whole number").transform(Number);

/** A day or a moment, as people write them. */
const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), {
  error: "Must be a time such as 2026-03-01 or 2026-03-01T12:00Z",
}).transform((text) => new Date(text).toISOString());

const FilmQuery = z.object({
  stream: field(z.string().max(200).trim()),
  type: field(z.string().max(100)),
  person: field(whole),
  since: field(time),
  until: field(time),
  before: field(whole),
});

interface Found {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly FieldError[];
  readonly events: readonly RecordedEvent[];
  /** Where to look on; null at the film's beginning. */
  readonly older: string | null;
}

const nothing = { errors: [], events: [], older: null };

export const handler = endpoint({
  GET: pageOnly<Found>({
    async page({ state: { operating }, url }) {
      const values = Object.fromEntries(url.searchParams);
      const query = FilmQuery.safeParse(values);
      if (!query.success) {
        const errors = query.error.issues.map(({ path, message }) => ({
          path: path.join("."),
          message,
        }));
        return page({ ...nothing, values, errors }, { status: 422 });
      }
      const { before, person, ...filter } = query.data;
      const { events, next } = await operating.film({ ...filter, actor: person }, {
        from: { before },
        limit: PAGE,
      });
      return page({
        ...nothing,
        values,
        events,
        older: next === null ? null : olderHref(url, next),
      });
    },
  }),
});

function olderHref(url: URL, before: number): string {
  const search = new URLSearchParams(url.search);
  search.set("before", String(before));
  return `${url.pathname}?${search}`;
}

export default define.page<typeof handler>(({ data, state, url }) => {
  const { values, errors, events, older } = data;
  const field = { values, errors };
  return (
    <AdminPage
      title="Film"
      lead="Every event, the newest first. What is personal is masked."
      state={state}
      url={url}
    >
      <form class="filters" method="get" action="/admin/film">
        <FormField {...field} name="stream" label="Stream" placeholder="post-12" maxLength={200} />
        <div class="field">
          <label class="field-label" for="field-type">
            Event <span class="field-optional">optional</span>
          </label>
          <select class="field-control" id="field-type" name="type">
            <option value="">All</option>
            {state.operating.eventTypes.map((type) => (
              <option key={type} value={type} selected={values.type === type}>{type}</option>
            ))}
          </select>
        </div>
        <FormField {...field} name="person" label="By the person" placeholder="7" maxLength={15} />
        <FormField {...field} name="since" label="Since" placeholder="2026-03-01" maxLength={40} />
        <FormField {...field} name="until" label="Before" placeholder="2026-04-01" maxLength={40} />
        <button class="button button-primary" type="submit">Look</button>
      </form>
      {events.length === 0
        ? (
          <EmptyState
            title={older === null ? "No such event" : "Nothing so far"}
            action={older === null
              ? { href: "/admin/film", label: "All events" }
              : { href: older, label: "Look further back" }}
          />
        )
        : <EventTable label="Events" events={events} />}
      {events.length > 0 && <Pagination href={older} label="Older events" />}
    </AdminPage>
  );
});
