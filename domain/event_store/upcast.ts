import type { RecordedEvent } from "../core/event.ts";
import type { Schema } from "./event_store.ts";

/** The schema at which events of a type are recorded today. */
export const currentSchema = (upcasters: Schema["upcasters"], type: string): number =>
  (upcasters[type]?.length ?? 0) + 1;

/** An event in today's shape, whatever shape it was recorded in. */
export function upcast(upcasters: Schema["upcasters"], event: RecordedEvent): RecordedEvent {
  const steps = upcasters[event.type];
  if (steps === undefined || event.metadata.schema > steps.length) return event;
  let data = event.data as Record<string, unknown>;
  for (const step of steps.slice(event.metadata.schema - 1)) data = step(data);
  return { ...event, data, metadata: { ...event.metadata, schema: steps.length + 1 } };
}
