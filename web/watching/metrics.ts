import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { CommandOutcome, StoreObserver } from "../../domain/event_store/event_store.ts";
import type { Every } from "../every.ts";
import type { Readiness } from "./readiness.ts";

/** In seconds: a point read takes 0.1 ms, a like is on disk in some, a password takes a quarter second. */
const SECONDS = [
  0.0001,
  0.00025,
  0.0005,
  0.001,
  0.0025,
  0.005,
  0.01,
  0.025,
  0.05,
  0.1,
  0.25,
  0.5,
  1,
  2.5,
];

const GROUP_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** The event loop is looked at so often; a longer hold shows as lag. */
const LOOK_MS = 250;

/** What else a client sends as a method must not make a series of its own. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** What is measured by asking, at the moment that somebody reads the metrics. */
export interface Measured {
  readonly readiness: () => Promise<Readiness>;
  readonly openStreams: () => number;
}

/** The server's metrics, as Prometheus reads them. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = this.#histogram("http_request_duration_seconds", {
    help: "From a request to the head of its answer, by the pattern of its route",
    labelNames: ["route", "method", "status"],
    buckets: SECONDS,
  });
  readonly #commands = new Counter({
    name: "filmroll_commands_total",
    help: "Commands by how they ended: committed, repeated, refused or failed",
    labelNames: ["command", "outcome"],
    registers: [this.#registry],
  });
  readonly #groupSizes = this.#histogram("filmroll_group_commands", {
    help: "Commands that were committed together",
    buckets: GROUP_SIZES,
  });
  readonly #transactions = this.#histogram("filmroll_transaction_seconds", {
    help: "How long a group's transaction held the event loop",
    buckets: SECONDS,
  });
  readonly #syncs = this.#histogram("filmroll_sync_seconds", {
    help: "How long the disk took to sync a group",
    buckets: SECONDS,
  });
  readonly #loopLag = this.#histogram("filmroll_event_loop_lag_seconds", {
    help: `How late a timer was, looked at every ${LOOK_MS} ms`,
    buckets: SECONDS,
  });

  constructor({ readiness, openStreams }: Measured) {
    this.#gauge("filmroll_live_streams", "Live streams that are open", openStreams);
    this.#gauge(
      "filmroll_ready",
      "1 while the server is ready",
      async () => Number((await readiness()).ready),
    );
    this.#gauge("filmroll_film_events", "Events on the film", async () => (await readiness()).head);
    this.#gauge(
      "filmroll_queue_commands",
      "Commands that wait",
      async () => (await readiness()).queued,
    );
    this.#subscriberLag(readiness);
    this.#process();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All of it in Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Counts an answered request. `route` is a pattern; null where no route was meant. */
  request(route: string | null, method: string, status: number, milliseconds: number): void {
    const known = METHODS.has(method) ? method : "other";
    this.#requests.observe({ route: route ?? "none", method: known, status }, milliseconds / 1000);
  }

  /** Hears of the store's work. */
  readonly storeObserver: StoreObserver = {
    command: (command: string, outcome: CommandOutcome) => this.#commands.inc({ command, outcome }),
    group: (commands, transactionMs, syncMs) => {
      this.#groupSizes.observe(commands);
      this.#transactions.observe(transactionMs / 1000);
      this.#syncs.observe(syncMs / 1000);
    },
  };

  /** Looks how late timers are from now on; answers how to stop. */
  watchEventLoop(every: Every): () => void {
    let last = performance.now();
    return every(LOOK_MS, () => {
      const now = performance.now();
      this.#loopLag.observe(Math.max(0, now - last - LOOK_MS) / 1000);
      last = now;
    });
  }

  #histogram<Label extends string>(
    name: string,
    options: { help: string; labelNames?: Label[]; buckets: number[] },
  ): Histogram<Label> {
    return new Histogram({ name, ...options, registers: [this.#registry] });
  }

  #gauge(name: string, help: string, measure: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        this.set(await measure());
      },
    });
  }

  #subscriberLag(readiness: Measured["readiness"]): void {
    new Gauge({
      name: "filmroll_subscriber_lag_events",
      help: "Events that a follower of the film has still to handle",
      labelNames: ["subscriber"],
      registers: [this.#registry],
      async collect() {
        this.reset();
        const { lag } = await readiness();
        for (const [subscriber, events] of Object.entries(lag)) this.set({ subscriber }, events);
      },
    });
  }

  /** The basics, under the names that Prometheus' own libraries give them. */
  #process(): void {
    const started = Date.now() / 1000 - performance.now() / 1000;
    this.#gauge("process_start_time_seconds", "When the program began, since 1970", () => started);
    this.#gauge(
      "process_resident_memory_bytes",
      "Memory that the program takes",
      () => Deno.memoryUsage().rss,
    );
    this.#gauge(
      "process_heap_bytes",
      "Memory that its objects take",
      () => Deno.memoryUsage().heapUsed,
    );
    new Counter({
      name: "process_cpu_seconds_total",
      help: "Time that the program computed",
      registers: [this.#registry],
      collect() {
        const { user, system } = process.cpuUsage();
        this.reset();
        this.inc((user + system) / 1e6);
      },
    });
  }
}
