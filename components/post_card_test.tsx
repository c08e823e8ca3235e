import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import type { Post } from "../web/schemas.ts";
import PostCard, { type PostCardProps } from "./PostCard.tsx";

const ana = 1;

const post: Post = {
  id: 12,
  author_id: ana,
  author_username: "ana",
  author_full_name: "Ana Lima",
  author_profile_image_url: null,
  content: "Low tide #sea",
  image_url: "/media/12.webp",
  images: [],
  like_count: 2,
  comment_count: 0,
  liked: false,
  created_at: "2026-07-20T12:00:00Z",
};

const render = (props: Partial<PostCardProps> = {}) =>
  renderToString(<PostCard post={post} viewerId={null} returnTo="/feed" {...props} />);

Deno.test("a post card offers to delete the post to its author alone", () => {
  assert.match(render({ viewerId: ana }), /Delete post/);
  assert.doesNotMatch(render({ viewerId: 2 }), /Delete post/);
  assert.doesNotMatch(render(), /Delete post/);
});

Deno.test("a post card's forms come back to the post in the list", () => {
  assert.match(render(), /name="return_to" value="\/feed#post-12"/);
});

Deno.test("a post card keeps room for its picture and describes it", () => {
  const html = render();
  assert.match(html, /alt="Photo by Ana Lima: Low tide #sea"/);
  assert.match(html, /width="1080" height="1350"/);
  assert.match(html, /loading="lazy"/);
});

Deno.test("the first post card of a page loads its picture at once", () => {
  assert.match(render({ priority: true }), /loading="eager" fetchpriority="high"/);
});

Deno.test("a post without a picture is set as a card of words, without a caption below", () => {
  const html = render({ post: { ...post, image_url: null } });
  assert.match(html, /text-card-poster/);
  assert.doesNotMatch(html, /post-caption/);
});

Deno.test("a long caption is cut in a list and whole on the post's page", () => {
  const content = "word ".repeat(100).trim();
  assert.match(render({ post: { ...post, content } }), />more</);
  assert.doesNotMatch(render({ post: { ...post, content }, detail: true }), />more</);
});
