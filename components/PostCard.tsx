import type { Post } from "../web/schemas.ts";
import DoubleTapLike from "../islands/DoubleTapLike.tsx";
import LikeButton from "../islands/LikeButton.tsx";
import Avatar from "./Avatar.tsx";
import { compactCount, counted } from "./count.ts";
import Icon from "./Icon.tsx";
import { comment, more, trash } from "./icons.ts";
import { authorName } from "./post_text.ts";
import PostMedia from "./PostMedia.tsx";
import { dayOf } from "./relative_time.ts";
import { excerpt } from "./rich_text.ts";
import RichText from "./RichText.tsx";
import SubmitForm from "./SubmitForm.tsx";
import Time from "./Time.tsx";

export interface PostCardProps {
  readonly post: Post;
  readonly viewerId: number | null;
  /** Path of the page the card is on, to come back to after a form without script. */
  readonly returnTo: string;
  /** Loads the picture at once; for the first of a page. */
  readonly priority?: boolean;
  /** On its own page: the whole text, the whole picture, and no link to itself. */
  readonly detail?: boolean;
  /** Where to go once the post is deleted; `returnTo` unless told. */
  readonly afterDelete?: string;
}

const CAPTION_EXCERPT = 180;

function Caption({ post, detail }: { post: Post; detail: boolean }) {
  if (post.images.length === 0 || !post.content) return null;
  const short = detail ? null : excerpt(post.content, CAPTION_EXCERPT);
  return (
    <p class="post-caption">
      <a class="post-caption-author" href={`/@${post.author_username}`}>{post.author_username}</a>
      {" "}
      <RichText text={short ?? post.content} />
      {short && <a class="post-more" href={`/posts/${post.id}`}>more</a>}
    </p>
  );
}

function AuthorMenu({ postId, returnTo }: { postId: number; returnTo: string }) {
  const menu = `post-${postId}-menu`;
  return (
    <div class="menu">
      <button class="icon-button" type="button" popovertarget={menu} aria-label="Options">
        <Icon path={more} />
      </button>
      <div class="menu-items" id={menu} popover="auto">
        <SubmitForm
          action={`/posts/${postId}`}
          method="DELETE"
          returnTo={returnTo}
          buttonClass="menu-item danger"
          undo="Post deleted"
        >
          <Icon path={trash} />
          Delete post
        </SubmitForm>
      </div>
    </div>
  );
}

/** When a post from another server was first made there. */
function Provenance({ at }: { at: string }) {
  return (
    <p class="post-provenance">
      First posted elsewhere on <time dateTime={at}>{dayOf(Date.parse(at))}</time>
    </p>
  );
}

/** One post of a feed, or on its own page. */
export default function PostCard(
  { post, viewerId, returnTo, priority = false, detail = false, afterDelete = returnTo }:
    PostCardProps,
) {
  const anchor = `post-${post.id}`;
  const here = `/posts/${post.id}`;
  return (
    <article class="post" id={anchor} aria-labelledby={`${anchor}-author`}>
      {detail && <h1 class="visually-hidden">Post by {authorName(post)}</h1>}
      <header class="post-header">
        <a class="person" href={`/@${post.author_username}`}>
          <Avatar
            userId={post.author_id}
            username={post.author_username}
            fullName={post.author_full_name}
            imageUrl={post.author_profile_image_url}
          />
          <span class="person-names">
            <span class="person-name" id={`${anchor}-author`}>{authorName(post)}</span>
            <span class="person-username">@{post.author_username}</span>
          </span>
        </a>
        <a class="post-time" href={here}>
          <Time at={post.created_at} />
        </a>
        {viewerId === post.author_id && <AuthorMenu postId={post.id} returnTo={afterDelete} />}
      </header>
      <DoubleTapLike>
        <PostMedia post={post} priority={priority} detail={detail} />
      </DoubleTapLike>
      <div class="post-actions">
        <LikeButton
          postId={post.id}
          liked={post.liked}
          likeCount={post.like_count}
          viewerId={viewerId}
          returnTo={`${returnTo}#${anchor}`}
        />
        <a class="action" href={`${detail ? "" : here}#comments`}>
          <Icon path={comment} />
          <span class="visually-hidden">Comment</span>
          <span class="action-count" aria-hidden="true">
            {post.comment_count > 0 && compactCount(post.comment_count)}
          </span>
        </a>
      </div>
      <Caption post={post} detail={detail} />
      {post.originally_posted_at !== null && <Provenance at={post.originally_posted_at} />}
      {!detail && post.comment_count > 0 && (
        <a class="post-comments" href={`${here}#comments`}>
          View {counted(post.comment_count, "comment")}
        </a>
      )}
    </article>
  );
}
