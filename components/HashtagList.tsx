import type { Hashtag } from "../web/schemas.ts";
import { counted } from "./count.ts";
import { hashtagHref } from "./hashtag_href.ts";

export interface HashtagListProps {
  readonly hashtags: readonly Hashtag[];
}

export default function HashtagList({ hashtags }: HashtagListProps) {
  return (
    <ul class="people">
      {hashtags.map(({ id, name, post_count }) => (
        <li class="person-row" key={id}>
          <a class="person" href={hashtagHref(name)}>
            <span class="hashtag-mark" aria-hidden="true">#</span>
            <span class="person-names">
              <span class="person-name">#{name}</span>
              <span class="person-username">{counted(post_count, "post")}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
