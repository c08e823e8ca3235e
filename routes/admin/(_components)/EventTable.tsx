import type { RecordedEvent } from "../../../domain/core/event.ts";
import Time from "../../../components/Time.tsx";
import { eventHref, streamHref } from "./hrefs.ts";

export interface EventTableProps {
  readonly label: string;
  readonly events: readonly RecordedEvent[];
  /** Of a stream's events: the version that is looked at. Then versions take the place of streams. */
  readonly version?: number;
}

/** Events in a row each, with the way to each one and to its stream. */
export default function EventTable({ label, events, version }: EventTableProps) {
  const isOfOneStream = version !== undefined;
  return (
    <div class="table-scroll" role="region" aria-label={label} tabIndex={0}>
      <table class="data-table">
        <thead>
          <tr>
            <th scope="col">Position</th>
            <th scope="col">Event</th>
            <th scope="col">{isOfOneStream ? "As of" : "Stream"}</th>
            <th scope="col">By</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.position} class={event.version === version ? "is-current" : undefined}>
              <td>
                <a href={eventHref(event.position)}>{event.position}</a>
              </td>
              <td>{event.type}</td>
              <td>
                {isOfOneStream
                  ? (
                    <a
                      href={streamHref(event.stream, event.version)}
                      aria-current={event.version === version ? "true" : undefined}
                    >
                      version {event.version}
                    </a>
                  )
                  : <a href={streamHref(event.stream)}>{event.stream}</a>}
              </td>
              <td>{event.metadata.actor ?? "–"}</td>
              <td>
                <Time at={event.created_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
