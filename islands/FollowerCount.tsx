import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { subscribe } from "../components/client/live.ts";
import { compactCount } from "../components/count.ts";

export interface FollowerCountProps {
  readonly userId: number;
  readonly count: number;
}

/** How many follow somebody, as it changes. */
export default function FollowerCount({ userId, count }: FollowerCountProps) {
  const followers = useSignal(count);
  useEffect(() =>
    subscribe([`user-${userId}`], (event) => {
      if (event.type === "follow" && event.data.followee_id === userId) {
        followers.value = event.data.follower_count;
      }
    }), []);
  return (
    <>
      <strong>{compactCount(followers.value)}</strong>{" "}
      {followers.value === 1 ? "follower" : "followers"}
    </>
  );
}
