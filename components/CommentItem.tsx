import type { Comment } from "../web/schemas.ts";
import Avatar from "./Avatar.tsx";
import Icon from "./Icon.tsx";
import { trash } from "./icons.ts";
import RichText from "./RichText.tsx";
import SubmitForm from "./SubmitForm.tsx";
import Time from "./Time.tsx";

export interface CommentItemProps {
  readonly comment: Comment;
  readonly viewerId: number | null;
  /** Path of the page, to come back to after deleting. */
  readonly returnTo: string;
}

/** One comment, an item of a list. */
export default function CommentItem({ comment, viewerId, returnTo }: CommentItemProps) {
  return (
    <li class="comment" id={`comment-${comment.id}`}>
      <Avatar
        userId={comment.author_id}
        username={comment.author_username}
        imageUrl={comment.author_profile_image_url}
        size="small"
      />
      <div class="comment-body">
        <p class="comment-head">
          <a class="comment-author" href={`/@${comment.author_username}`}>
            {comment.author_username}
          </a>
          <Time at={comment.created_at} />
        </p>
        <p class="comment-text">
          <RichText text={comment.content} />
        </p>
      </div>
      {viewerId === comment.author_id && (
        <SubmitForm
          action={`/posts/comments/${comment.id}`}
          method="DELETE"
          returnTo={`${returnTo}#comments`}
          buttonClass="icon-button"
          undo="Comment deleted"
        >
          <Icon path={trash} />
          <span class="visually-hidden">Delete comment</span>
        </SubmitForm>
      )}
    </li>
  );
}
