import { userExists } from "../account/state.ts";
import { command } from "../core/decider.ts";
import { invalid, notFound } from "../core/errors.ts";
import type { PostCreated, PostDeleted } from "./events.ts";
import { hashtagsOf } from "./hashtags.ts";
import { postState, requireAuthor, requirePublished } from "./state.ts";

export interface CreatePost {
  readonly by: number;
  readonly content: string | null;
  readonly imageUrl: string | null;
}

export const createPost = command({
  streams: ({ by }: CreatePost) => ({ authorExists: userExists(by) }),
  decide({ by, content, imageUrl }, { authorExists }, { id }): PostCreated[] {
    if (!authorExists) throw notFound("User");
    if ((content ?? "").trim() === "" && imageUrl === null) {
      throw invalid("Write something or add a picture", "content");
    }
    const hashtags = hashtagsOf(content ?? "");
    return [{
      type: "PostCreated",
      data: { postId: id("post"), authorId: by, content, imageUrl, hashtags },
    }];
  },
  result: ([created]) => ({ postId: created!.data.postId }),
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
