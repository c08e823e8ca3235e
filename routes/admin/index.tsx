import { page } from "fresh";
import { counted } from "../../components/count.ts";
import Time from "../../components/Time.tsx";
import { endpoint, pageOnly } from "../../web/operation.ts";
import { define } from "../../web/state.ts";
import AdminPage from "./(_components)/AdminPage.tsx";
import Chart from "./(_components)/Chart.tsx";

export const handler = endpoint({
  GET: pageOnly({
    async page({ state: { filmroll, live, watching } }) {
      const [readiness, totals] = await Promise.all([
        watching.readiness(),
        filmroll.queries.ask("GetTotals", {}),
      ]);
      return page({
        readiness,
        totals: totals!,
        streams: live.openStreams,
        minutes: watching.activity.last(),
        memory: Deno.memoryUsage().rss,
        startedAt: new Date(performance.timeOrigin).toISOString(),
      });
    },
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => {
  const { readiness, totals, streams, minutes, memory, startedAt } = data;
  const times = minutes.map(({ time }) => time);
  return (
    <AdminPage title="Overview" state={state} url={url}>
      <p class={`health ${readiness.ready ? "health-good" : "health-bad"}`}>
        <strong>{readiness.ready ? "All is well" : "Not ready"}</strong>
        {readiness.reasons.map((reason) => <span key={reason}>{reason}</span>)}
      </p>
      <dl class="figures">
        <Figure name="Events" value={readiness.head} />
        <Figure name="Commands waiting" value={readiness.queued} />
        <Figure name="Live streams" value={streams} />
        <Figure name="Memory" value={`${Math.round(memory / 2 ** 20)} MiB`} />
        <Figure name="Started">
          <Time at={startedAt} />
        </Figure>
        {Object.entries(readiness.lag).map(([name, events]) => (
          <Figure key={name} name={`Behind: ${name}`} value={counted(events, "event")} />
        ))}
        {readiness.replicas.map((events, index) => (
          <Figure
            key={`replica ${index}`}
            name={`Replica ${index + 1}`}
            value={events === null ? "does not answer" : `${counted(events, "event")} behind`}
          />
        ))}
        {state.areSeveralNodes && (
          <Figure name="This node leads" value={readiness.leads.join(", ") || "nothing"} />
        )}
        {Object.entries(totals).map(([name, value]) => (
          <Figure key={name} name={name[0]!.toUpperCase() + name.slice(1)} value={value} />
        ))}
      </dl>
      <h2 class="section-title">The last hour</h2>
      <div class="charts">
        <Chart
          title="Requests"
          unit="a minute"
          kind="bars"
          times={times}
          series={[{ name: "Requests", values: minutes.map(({ requests }) => requests) }]}
        />
        <Chart
          title="Commands"
          unit="a minute"
          kind="bars"
          times={times}
          series={[{ name: "Commands", values: minutes.map(({ commands }) => commands) }]}
        />
        <Chart
          title="Latency"
          unit="ms"
          kind="lines"
          times={times}
          series={[
            { name: "Median", values: minutes.map(({ median }) => median) },
            { name: "99 of 100", values: minutes.map(({ slowest }) => slowest) },
          ]}
        />
      </div>
    </AdminPage>
  );
});

interface FigureProps {
  readonly name: string;
  readonly value?: number | string;
  readonly children?: preact.ComponentChildren;
}

function Figure({ name, value, children }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children ?? (typeof value === "number" ? value.toLocaleString("en") : value)}</dd>
    </div>
  );
}
