/** Every page is valid HTML. `deno task quality` asks the Nu checker too, where there is Java. */
import assert from "node:assert/strict";
import { routes } from "../web/catalogue.ts";
import {
  accountOf,
  browserless,
  join,
  logIn,
  type Page,
  type Person,
  type Visitor,
} from "./support/client.ts";
import { photo, uploaded } from "./support/photos.ts";
import { htmlFindings } from "./support/html_validity.ts";
import { startFilmroll } from "./support/server.ts";

/** Text that markup must not be made of. */
const HOSTILE = `</p><script>"it's" & <b>bold</b> #sea @ana https://example.org/?a=1&b=2`;

/** Ben (1) and Ana (2) have done all that one can do; everything of theirs has the id 1. */
async function somethingOfEverything(ben: Person, ana: Person): Promise<void> {
  const image_url = "https://example.org/a.webp?w=1&h=2";
  await ben.put("/api/users/me", { full_name: "Ben & Sons", bio: HOSTILE });
  await ben.post("/api/posts", { content: HOSTILE, image_url });
  await ben.post("/api/posts", { content: HOSTILE });
  await ben.post("/api/stories", { content: HOSTILE, image_url });
  await ben.post("/api/follow/2");
  await ana.post("/api/follow/1");
  await ana.post("/api/posts", { image_url });
  await ana.post("/api/stories", { content: HOSTILE });
  await ana.post("/api/posts/1/likes");
  await ana.post("/api/posts/1/comments", { content: HOSTILE });
  await ben.post("/api/posts/1/comments", { content: HOSTILE });
  await ana.post("/api/messages", { receiver_id: 1, content: HOSTILE });
  await ben.post("/api/messages", { receiver_id: 2, content: HOSTILE });
  await ana.post("/api/stories/1/views");
  const kept = async (number: number) =>
    (await uploaded(ben, await photo(number), { alt: HOSTILE })).id;
  await ben.put("/api/users/me", { media: await kept(1) });
  await ben.post("/api/posts", { content: HOSTILE, media: [await kept(2), await kept(3)] });
  await ben.post("/api/stories", { media: await kept(4) });
  await ben.post("/api/messages", { receiver_id: 2, media: await kept(5) });
}

const PARAMETERS: Readonly<Record<string, string>> = {
  id: "1",
  user_id: "2",
  sender_id: "2",
  tag: "sea",
  position: "1",
  stream: "post-1",
  username: "ben",
};

/** Every route that has a page, and what else a page can look like. */
async function addresses(): Promise<string[]> {
  const pages = (await routes()).filter(({ hasPage }) => hasPage).map(({ path }) =>
    path.replace(/\{(\w+)\}/g, (_, name) => {
      assert.ok(
        PARAMETERS[name] !== undefined,
        `"${path}" has a parameter that this test must know`,
      );
      return PARAMETERS[name];
    })
  );
  return [
    ...pages,
    ...["/search?q=ben", "/search?q=%22%3C", "/feed?limit=1", "/feed?limit=0"],
    ...["/stories/2", "/users/2", "/posts/2", "/auth/closed", "/auth/restored", "/nowhere"],
  ];
}

async function assertValid({ url, html, status }: Page, who: string): Promise<void> {
  assert.ok(status < 500, `${url} answers ${status}`);
  const findings = await htmlFindings(html);
  assert.deepEqual(findings, [], `${url.pathname}${url.search}, as ${who} sees it`);
}

Deno.test("every page is valid HTML", async (t) => {
  await using server = await startFilmroll();
  const { origin } = server;
  const [ben, ana] = [await join(origin, "ben"), await join(origin, "ana")];
  await somethingOfEverything(ben, ana);
  await join(origin, "newcomer");

  const viewers: Record<string, Visitor> = {
    "a visitor": browserless(origin),
    "a member": await logIn(origin, "ben"),
    "a newcomer": await logIn(origin, "newcomer"),
  };
  for (const [who, viewer] of Object.entries(viewers)) {
    await t.step(`as ${who} sees it`, async () => {
      const seen = new Set<string>();
      for (const address of await addresses()) {
        if (address === "/auth/logout") continue;
        const page = await viewer.open(address);
        if (seen.has(page.url.href)) continue;
        seen.add(page.url.href);
        await assertValid(page, who);
      }
    });
  }

  await t.step("with a form that was refused", async () => {
    const visitor = browserless(origin);
    const form = { ...accountOf("ben"), email: HOSTILE, password: "short", full_name: HOSTILE };
    const again = await visitor.submit(
      await visitor.open("/auth/register"),
      "/auth/register",
      form,
    );
    assert.equal(again.status, 422);
    await assertValid(again, "a visitor");

    const member = viewers["a member"]!;
    const empty = await member.submit(await member.open("/posts/new"), "/posts", {});
    assert.equal(empty.status, 422);
    await assertValid(empty, "a member");
  });
});
