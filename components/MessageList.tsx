import Picture from "./Picture.tsx";
import { BUBBLE, sizesIn } from "./picture_sizes.ts";
import RichText from "./RichText.tsx";
import { absoluteTime } from "./relative_time.ts";
import { clockTime, type Cluster, type Day, seenCluster } from "./thread.ts";

export interface MessageListProps {
  readonly days: readonly Day[];
  /** What the other person is called. */
  readonly name: string;
  /** An IANA time zone, for the times of day. */
  readonly zone: string;
  /** Sends a message that failed again, by its key. */
  readonly onRetry?: (key: string) => void;
}

interface FootProps extends Pick<MessageListProps, "zone" | "onRetry"> {
  readonly cluster: Cluster;
  readonly seen: boolean;
}

function Foot({ cluster: { delivery, bubbles, at, failure }, seen, zone, onRetry }: FootProps) {
  if (delivery === "failed") {
    return (
      <p class="cluster-foot cluster-failed">
        Not sent. {failure}{" "}
        <button type="button" onClick={() => onRetry?.(bubbles[0]!.key)}>Try again</button>
      </p>
    );
  }
  return (
    <p class="cluster-foot">
      {delivery === "sending"
        ? <span class="cluster-sending">Sending…</span>
        : (
          <time class="clock-time" dateTime={at} title={absoluteTime(Date.parse(at))}>
            {clockTime(at, zone)}
          </time>
        )}
      {seen && " · Seen"}
    </p>
  );
}

/** What two people wrote to each other, by day. */
export default function MessageList({ days, name, zone, onRetry }: MessageListProps) {
  const seen = seenCluster(days);
  return (
    <ol class="messages">
      {days.map(({ label, clusters }) => (
        <li key={label}>
          <h2 class="messages-day">{label}</h2>
          <ol>
            {clusters.map((cluster) => (
              <li
                key={cluster.bubbles[0]!.key}
                class={`cluster cluster-${cluster.own ? "own" : "other"}`}
              >
                <span class="visually-hidden">{cluster.own ? "You" : name}:</span>
                {cluster.bubbles.map(({ key, content, image }) => (
                  <div
                    key={key}
                    class={`bubble${image ? " bubble-with-picture" : ""}${
                      cluster.delivery === "sending" ? " bubble-sending" : ""
                    }`}
                  >
                    {image && (
                      <a class="bubble-picture" href={image.url}>
                        <Picture
                          image={image}
                          fallbackAlt={`Photo by ${cluster.own ? "you" : name}`}
                          sizes={sizesIn(BUBBLE, image)}
                        />
                      </a>
                    )}
                    {content !== "" && (
                      <p>
                        <RichText text={content} />
                      </p>
                    )}
                  </div>
                ))}
                <Foot
                  cluster={cluster}
                  seen={cluster === seen}
                  zone={zone}
                  {...(onRetry === undefined ? {} : { onRetry })}
                />
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}
