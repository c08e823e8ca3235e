import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import type { Image, Post } from "../web/schemas.ts";
import PostCard, { type PostCardProps } from "./PostCard.tsx";

const ana = 1;

const image: Image = {
  url: `/media/${"0a".repeat(32)}/1080.jpg`,
  width: 1080,
  height: 1350,
  alt: "",
  placeholder: "1QcSHQRnh493V4dIh4eXh1h4kJUI",
  srcset: `/media/${"0a".repeat(32)}/320.webp 320w, /media/${"0a".repeat(32)}/1080.webp 1080w`,
  animated: false,
};

const post: Post = {
  id: 12,
  author_id: ana,
  author_username: "ana",
  author_full_name: "Ana Lima",
  author_profile_image_url: null,
  content: "Low tide #sea",
  image_url: image.url,
  images: [image],
  like_count: 2,
  comment_count: 0,
  originally_posted_at: null,
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
  const html = render({ post: { ...post, image_url: null, images: [] } });
  assert.match(html, /text-card-poster/);
  assert.doesNotMatch(html, /post-caption/);
});

Deno.test("a long caption is cut in a list and whole on the post's page", () => {
  const content = "word ".repeat(100).trim();
  assert.match(render({ post: { ...post, content } }), />more</);
  assert.doesNotMatch(render({ post: { ...post, content }, detail: true }), />more</);
});

Deno.test("a post card shows what its author says of a picture, and a badge with it", () => {
  const images = [{ ...image, alt: 'Gulls & "kites"' }];
  const html = render({ post: { ...post, images } });
  assert.match(html, /alt="Gulls &amp; &quot;kites&quot;"/);
  assert.match(html, /<details class="alt">.*<p>Gulls &amp; &quot;kites&quot;<\/p><\/details>/);
  assert.doesNotMatch(render(), /<details/);
});

Deno.test("a picture comes in the size that is needed, with its colours behind it", () => {
  const html = render();
  assert.ok(html.includes(`srcset="${image.srcset}" sizes="(max-width: 639px) 100vw, 630px"`));
  assert.match(html, /<img class="picture-placeholder" src="data:image\/bmp;base64,[^"]+" alt /);
});

Deno.test("a picture from elsewhere is shown by its address alone", () => {
  const url = "https://example.org/a.webp";
  const elsewhere = { ...image, url, width: null, height: null, placeholder: null, srcset: null };
  const html = render({ post: { ...post, image_url: url, images: [elsewhere] } });
  assert.match(html, /src="https:\/\/example.org\/a.webp" alt/);
  assert.doesNotMatch(html, /srcset|data:image/);
});

Deno.test("a picture that moves stands still where reduced motion is asked for", () => {
  const html = render({ post: { ...post, images: [{ ...image, animated: true }] } });
  const [source] = html.match(/<source[^>]*>/)!;
  assert.match(source, /media="\(prefers-reduced-motion: reduce\)"/);
  assert.match(source, /1080\.jpg 1080w/);
  assert.doesNotMatch(source, /webp/);
});

Deno.test("an album numbers its pictures, and loads the first of them first", () => {
  const images = [image, { ...image, alt: "A gull" }, image];
  const html = render({ post: { ...post, images }, priority: true });
  assert.match(html, /alt="Photo 1 of 3 by Ana Lima: Low tide #sea"/);
  assert.match(html, /alt="A gull"/);
  assert.match(html, /Picture 2 of 3/);
  assert.deepEqual(
    html.match(/class="picture-image"[^>]* loading="\w+"/g)!.map((one) => /"(\w+)"$/.exec(one)![1]),
    ["eager", "lazy", "lazy"],
  );
});
