import { userExists } from "../account/state.ts";
import { command } from "../core/decider.ts";
import { invalid, notFound } from "../core/errors.ts";
import { dataOf } from "../core/event.ts";
import { attach, requireAttachable } from "../media/attach.ts";
import type { MediaAttached } from "../media/events.ts";
import { mediaStates } from "../media/state.ts";
import type { PostCreated, PostDeleted } from "./events.ts";
import { hashtagsOf } from "./hashtags.ts";
import { postState, requireAuthor, requirePublished } from "./state.ts";

export interface CreatePost {
  readonly by: number;
  readonly content: string | null;
  readonly imageUrl: string | null;
  /** Pictures that the author uploaded, in their order. */
  readonly media?: readonly number[] | undefined;
  /** When it was first posted, on another server (ISO 8601 in UTC with milliseconds). */
  readonly originallyPostedAt?: string;
}

export const createPost = command({
  streams: ({ by, media = [] }: CreatePost) => ({
    authorExists: userExists(by),
    ...mediaStates(media),
  }),
  decide(
    { by, content, imageUrl, media = [], originallyPostedAt },
    { authorExists, ...states },
    { id, now },
  ): (PostCreated | MediaAttached)[] {
    if (!authorExists) throw notFound("User");
    if ((content ?? "").trim() === "" && imageUrl === null && media.length === 0) {
      throw invalid("Write something or add a picture", "content");
    }
    const images = requireAttachable(media, states, by);
    const hashtags = hashtagsOf(content ?? "");
    const postId = id("post");
    const data = { postId, authorId: by, content, imageUrl, images, hashtags };
    const isFromBefore = originallyPostedAt !== undefined &&
      originallyPostedAt < now.toISOString();
    return [
      {
        type: "PostCreated",
        data: isFromBefore ? { ...data, originallyPostedAt } : data,
      },
      ...attach(images, by, { kind: "post", id: postId }),
    ];
  },
  result: (events) => ({ postId: dataOf(events, "PostCreated").postId }),
});

export interface DeletePost {
  readonly by: number;
  readonly postId: number;
}

export const deletePost = command({
  streams: ({ postId }: DeletePost) => ({ post: postState(postId) }),
  decide({ by, postId }, { post }): PostDeleted[] {
    requireAuthor(requirePublished(post), by);
    return [{ type: "PostDeleted", data: { postId, authorId: by } }];
  },
  result: () => null,
});
