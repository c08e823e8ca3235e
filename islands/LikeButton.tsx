import { useEffect, useMemo } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { failureMessage, request } from "../components/client/api.ts";
import { subscribe } from "../components/client/live.ts";
import { toast } from "../components/client/toast.ts";
import { createToggle } from "../components/client/toggle.ts";
import { compactCount } from "../components/count.ts";
import HiddenFields from "../components/HiddenFields.tsx";
import Icon from "../components/Icon.tsx";
import { heart } from "../components/icons.ts";
import type { LikeStatus } from "../web/schemas.ts";

export interface LikeButtonProps {
  readonly postId: number;
  readonly liked: boolean;
  readonly likeCount: number;
  readonly viewerId: number | null;
  /** Path and fragment to come back to without script. */
  readonly returnTo: string;
}

/** Likes and unlikes: at once for the eye, then for the server. */
export default function LikeButton(
  { postId, liked, likeCount, viewerId, returnTo }: LikeButtonProps,
) {
  const on = useSignal(liked);
  const othersLikes = useSignal(likeCount - (liked ? 1 : 0));
  const toggle = useMemo(() =>
    createToggle({
      initial: liked,
      show: (state) => on.value = state,
      send: async () => {
        const status = await request<LikeStatus>("POST", `/posts/${postId}/likes`);
        othersLikes.value = status.like_count - (status.liked ? 1 : 0);
        return status.liked;
      },
      failed: (error) => toast(failureMessage(error)),
    }), []);
  useEffect(() =>
    subscribe([`post-${postId}`], (event) => {
      if (event.type !== "likes" || event.data.post_id !== postId) return;
      const { user_id, liked, like_count } = event.data;
      if (user_id === viewerId) toggle.hear(liked);
      othersLikes.value = like_count - (toggle.confirmed ? 1 : 0);
    }), []);
  const count = othersLikes.value + (on.value ? 1 : 0);
  return (
    <form
      class="like"
      method="post"
      action={`/posts/${postId}/likes`}
      onSubmit={(event) => {
        event.preventDefault();
        toggle.flip();
      }}
    >
      <HiddenFields returnTo={returnTo} />
      <button class="action like-button" type="submit" aria-pressed={on.value ? "true" : "false"}>
        <Icon path={heart} />
        <span class="visually-hidden">Like</span>
        <span class="action-count">{count > 0 && compactCount(count)}</span>
      </button>
    </form>
  );
}
