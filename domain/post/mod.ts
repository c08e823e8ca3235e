import { contextOf } from "../core/context.ts";
import { createPost, deletePost } from "./commands.ts";
import { personal, type PostEvent } from "./events.ts";
import { postProjection } from "./projection.ts";
import { getPost, getUserPosts } from "./queries.ts";
import { postState } from "./state.ts";

/** Posts and their hashtags. */
export const post = contextOf<PostEvent>()({
  name: "post",
  streams: {
    PostCreated: ({ postId }) => `post-${postId}`,
    PostDeleted: ({ postId }) => `post-${postId}`,
  },
  states: { post: postState },
  commands: { CreatePost: createPost, DeletePost: deletePost },
  queries: { GetPost: getPost, GetUserPosts: getUserPosts },
  readModel: postProjection,
  personal,
  upcasters: { PostCreated: [(data) => ({ ...data, images: [] })] },
});
