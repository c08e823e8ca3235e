import CommentItem from "../../../components/CommentItem.tsx";
import FormAlert from "../../../components/FormAlert.tsx";
import Pagination from "../../../components/Pagination.tsx";
import PostCard from "../../../components/PostCard.tsx";
import { authorName, pictureAlt } from "../../../components/post_text.ts";
import { excerpt } from "../../../components/rich_text.ts";
import { viewerOnly } from "../../../components/viewer.ts";
import { uuidv7 } from "../../../domain/core/id.ts";
import CommentThread from "../../../islands/CommentThread.tsx";
import type { RefusedForm } from "../../../web/operation.ts";
import type { Comment, Post } from "../../../web/schemas.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface PostPageProps {
  readonly post: Post;
  /** A page of them, newest first. */
  readonly comments: readonly Comment[];
  /** Where the older comments are; null at the end. */
  readonly older: string | null;
  /** The comment that was refused, if one was. */
  readonly form: RefusedForm;
  readonly state: State;
  readonly url: URL;
}

export default function PostPage(
  { post, comments, older, form, state, url }: PostPageProps,
) {
  const viewerId = state.caller?.id ?? null;
  const here = `/posts/${post.id}`;
  const words = post.content === null ? null : excerpt(post.content, 160) ?? post.content;
  return (
    <Page
      state={state}
      url={url}
      title={`${authorName(post)}: ${words ?? "a picture"}`.slice(0, 80)}
      description={words ?? pictureAlt(post)}
      canonicalPath={here}
      image={post.images[0] ?? null}
      type="article"
    >
      <PostCard
        post={post}
        viewerId={viewerId}
        returnTo={here}
        afterDelete="/"
        priority
        detail
      />
      {form.errors.length === 0 && <FormAlert message={form.message} />}
      <CommentThread
        postId={post.id}
        commentCount={post.comment_count}
        viewer={state.caller && viewerOnly(state.caller)}
        commandId={form.values.command_id ?? uuidv7()}
        returnTo={here}
        content={form.values.content}
        errors={form.errors}
      >
        {comments.map((comment) => (
          <CommentItem key={comment.id} comment={comment} viewerId={viewerId} returnTo={here} />
        ))}
      </CommentThread>
      <Pagination href={older} label="Older comments" />
    </Page>
  );
}
