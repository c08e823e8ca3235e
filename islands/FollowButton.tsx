import { useEffect, useMemo } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { failureMessage, request, RequestFailed } from "../components/client/api.ts";
import { subscribe } from "../components/client/live.ts";
import { toast } from "../components/client/toast.ts";
import { createToggle } from "../components/client/toggle.ts";
import HiddenFields from "../components/HiddenFields.tsx";
import type { FollowStatus } from "../web/schemas.ts";

export interface FollowButtonProps {
  readonly userId: number;
  readonly username: string;
  readonly following: boolean;
  readonly viewerId: number | null;
  /** Path to come back to without script. */
  readonly returnTo: string;
  /** What the button says while one does not follow. */
  readonly label?: string;
}

async function setFollowing(userId: number, following: boolean): Promise<boolean> {
  try {
    const method = following ? "POST" : "DELETE";
    return (await request<FollowStatus>(method, `/follow/${userId}`)).following;
  } catch (error) {
    // "Already following" and "Not following": another tab was faster, and what was asked for holds.
    if (error instanceof RequestFailed && error.status === 400) return following;
    throw error;
  }
}

/** Follows and unfollows: at once for the eye, then for the server. */
export default function FollowButton(
  { userId, username, following, viewerId, returnTo, label = "Follow" }: FollowButtonProps,
) {
  const on = useSignal(following);
  const toggle = useMemo(() =>
    createToggle({
      initial: following,
      show: (state) => on.value = state,
      send: (state) => setFollowing(userId, state),
      failed: (error) => toast(failureMessage(error)),
    }), []);
  useEffect(() =>
    subscribe([], (event) => {
      if (event.type !== "follow") return;
      const { follower_id, followee_id, following } = event.data;
      if (follower_id === viewerId && followee_id === userId) toggle.hear(following);
    }), []);
  return (
    <form
      method="post"
      action={`/follow/${userId}`}
      onSubmit={(event) => {
        event.preventDefault();
        toggle.flip();
      }}
    >
      <HiddenFields method={on.value ? "DELETE" : undefined} returnTo={returnTo} />
      <button
        class={`button follow-button ${on.value ? "button-secondary" : "button-primary"}`}
        type="submit"
        aria-pressed={on.value ? "true" : "false"}
      >
        {on.value ? "Following" : label}
        <span class="visually-hidden">{` @${username}`}</span>
      </button>
    </form>
  );
}
