import Avatar from "../../../components/Avatar.tsx";
import Icon from "../../../components/Icon.tsx";
import { chevronLeft } from "../../../components/icons.ts";
import MessageList from "../../../components/MessageList.tsx";
import SubmitForm from "../../../components/SubmitForm.tsx";
import { lastOf, threadDays } from "../../../components/thread.ts";
import { uuidv7 } from "../../../domain/core/id.ts";
import MessageThread from "../../../islands/MessageThread.tsx";
import type { ThreadPageData } from "../../../web/messages.ts";
import type { State } from "../../../web/state.ts";
import Page from "../../(_components)/Page.tsx";

export interface ThreadPageProps extends ThreadPageData {
  readonly state: State;
  readonly url: URL;
}

export default function ThreadPage(
  { other, messages, before, isLatest, form, now, state, url }: ThreadPageProps,
) {
  const { id: me } = state.caller!;
  const name = other.full_name ?? other.username;
  const here = `/messages/${other.id}`;
  const oldestFirst = messages.toReversed();
  // With script, a thread that can be answered says itself that it was read.
  const isUnread = lastOf(oldestFirst, other.id, false) > 0;
  const markRead = (
    <SubmitForm action={`${here}/read`} buttonClass="button button-quiet">
      Mark as read
    </SubmitForm>
  );
  return (
    <Page state={state} url={url} title={`Messages with ${name}`} canonicalPath={here} noIndex>
      <section class="thread">
        <header class="thread-head">
          <a class="icon-button" href="/messages">
            <Icon path={chevronLeft} />
            <span class="visually-hidden">All messages</span>
          </a>
          <Correspondent {...other} />
          {isUnread && (other.is_active ? <noscript>{markRead}</noscript> : markRead)}
        </header>
        {isLatest && other.is_active
          ? (
            <MessageThread
              me={me}
              other={{ id: other.id, name }}
              messages={oldestFirst}
              before={before}
              now={now}
              commandId={form.values.command_id ?? uuidv7()}
              content={form.values.content}
              errors={form.errors}
              alert={form.errors.length === 0 ? form.message : ""}
            />
          )
          : (
            <div class="thread-past">
              {before !== null && (
                <a class="button button-secondary" href={`?before=${before}`}>Older messages</a>
              )}
              <MessageList
                days={threadDays(oldestFirst, [], {
                  me,
                  now,
                  zone: "UTC",
                  seenUpTo: lastOf(oldestFirst, me, true),
                })}
                name={name}
                zone="UTC"
              />
              {other.is_active
                ? <a class="button button-secondary" href={here}>Latest messages</a>
                : <p class="field-hint">This account was deleted; nobody can write to it.</p>}
            </div>
          )}
      </section>
    </Page>
  );
}

/** Who it is, and the way to their profile while there is one. */
function Correspondent(
  { id, username, full_name, profile_image_url, is_active }: ThreadPageData["other"],
) {
  const content = (
    <>
      <Avatar
        userId={id}
        username={username}
        fullName={full_name}
        imageUrl={profile_image_url}
      />
      <div class="person-names">
        <h1 class="person-name">{full_name ?? username}</h1>
        {is_active && <span class="person-username">@{username}</span>}
      </div>
    </>
  );
  return is_active
    ? <a class="person" href={`/@${username}`}>{content}</a>
    : <div class="person">{content}</div>;
}
