/** Messages over HTTP: operations 23–26, for programs and for browsers without script. */
import assert from "node:assert/strict";
import type { Conversation, Message, Problem } from "../web/schemas.ts";
import { type Answer, api, formAt, join, signUp } from "./support/client.ts";
import { startFilmroll } from "./support/server.ts";

async function threePeople() {
  const server = await startFilmroll();
  const [ana, ben, cleo] = [
    await join(server.origin, "ana"),
    await join(server.origin, "ben"),
    await join(server.origin, "cleo"),
  ];
  return { server, ana, ben, cleo, [Symbol.asyncDispose]: () => server.stop() };
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/;

/** A message without its time, which is one. */
function timeless({ created_at, ...message }: Message) {
  assert.match(created_at, TIME);
  return message;
}

for (const prefix of ["/api", ""]) {
  const how = prefix === "" ? "by negotiation, without /api" : "below /api";
  Deno.test(`operations 23–26 answer JSON ${how}`, async () => {
    await using scene = await threePeople();
    const { ana, ben } = scene;
    const message = {
      id: 1,
      sender_id: ana.id,
      receiver_id: ben.id,
      content: "Low tide at six",
      image: null,
    };

    const sent = await ana.post<Message>(`${prefix}/messages`, {
      receiver_id: ben.id,
      content: "Low tide at six",
    });
    assert.equal(sent.status, 201);
    assert.deepEqual(timeless(sent.body), { ...message, is_read: false });

    const list = await ben.get<Conversation[]>(`${prefix}/messages`);
    assert.equal(list.status, 200);
    assert.deepEqual(
      list.body.map(({ last_message, ...rest }) => ({ ...rest, ...timeless(last_message) })),
      [{
        other_user_id: ana.id,
        other_username: "ana",
        other_full_name: null,
        other_profile_image_url: null,
        unread_count: 1,
        ...message,
        is_read: false,
      }],
    );

    const read = await ben.post(`${prefix}/messages/${ana.id}/read`);
    assert.deepEqual([read.status, read.body], [200, { status: "ok" }]);

    const thread = await ana.get<Message[]>(`${prefix}/messages/${ben.id}`);
    assert.equal(thread.status, 200);
    assert.deepEqual(thread.body.map(timeless), [{ ...message, is_read: true }]);
  });
}

Deno.test("what cannot be sent, read or marked is refused as the contract says", async (t) => {
  await using scene = await threePeople();
  const { ana, server } = scene;
  const people = { ana, nobody: api(server.origin) };
  const rows = [
    ["nobody", "POST", "/messages", { receiver_id: 2, content: "Hello" }, 401, /./],
    ["nobody", "GET", "/messages", undefined, 401, /./],
    ["nobody", "GET", "/messages/2", undefined, 401, /./],
    ["nobody", "POST", "/messages/2/read", undefined, 401, /./],
    ["nobody", "POST", "/messages/2/typing", undefined, 401, /./],
    ["ana", "POST", "/messages", undefined, 422, /body/],
    ["ana", "POST", "/messages", { content: "Hello" }, 422, /receiver_id/],
    ["ana", "POST", "/messages", { receiver_id: "ben", content: "Hello" }, 422, /receiver_id/],
    ["ana", "POST", "/messages", { receiver_id: 0, content: "Hello" }, 422, /receiver_id/],
    ["ana", "POST", "/messages", { receiver_id: 2 }, 422, /content/],
    ["ana", "POST", "/messages", { receiver_id: 2, content: 7 }, 422, /content/],
    ["ana", "POST", "/messages", { receiver_id: 2, content: " \n" }, 422, /content/],
    ["ana", "POST", "/messages", { receiver_id: 2, content: "é".repeat(2001) }, 422, /content/],
    ["ana", "POST", "/messages", { receiver_id: 1, content: "Hello" }, 400, /yourself/],
    ["ana", "POST", "/messages", { receiver_id: 9, content: "Hello" }, 404, /not found/],
    ["ana", "GET", "/messages/9", undefined, 404, /not found/],
    ["ana", "GET", "/messages/ben", undefined, 422, /user_id/],
    ["ana", "GET", "/messages/2?limit=101", undefined, 422, /limit/],
    ["ana", "GET", "/messages?before=x", undefined, 422, /before/],
    ["ana", "POST", "/messages/9/read", undefined, 404, /not found/],
    ["ana", "POST", "/messages/0/read", undefined, 422, /sender_id/],
    ["ana", "POST", "/messages/9/typing", undefined, 404, /not found/],
    ["ana", "DELETE", "/messages/2", undefined, 405, /DELETE/],
  ] as const;
  for (const [who, method, path, json, status, detail] of rows) {
    await t.step(`${who}: ${method} ${path} ${JSON.stringify(json)?.slice(0, 50)}`, async () => {
      const answer = await people[who].send<Problem>(method, `/api${path}`, { json });
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.match(answer.headers.get("content-type")!, /^application\/problem\+json/);
      assert.match(answer.body.detail, detail);
    });
  }
});

Deno.test("a message may have 2000 characters, whatever they are", async () => {
  await using scene = await threePeople();
  const content = "🎞".repeat(2000);
  const { status, body } = await scene.ana.post<Message>("/api/messages", {
    receiver_id: 2,
    content,
  });
  assert.deepEqual([status, body.content], [201, content]);
});

Deno.test("nobody reads what others write to each other", async () => {
  await using scene = await threePeople();
  const { ana, ben, cleo } = scene;
  await ana.post("/api/messages", { receiver_id: ben.id, content: "Between us" });
  assert.deepEqual((await cleo.get("/api/messages")).body, []);
  for (const { id } of [ana, ben]) {
    assert.deepEqual((await cleo.get(`/api/messages/${id}`)).body, []);
    assert.equal((await cleo.post(`/api/messages/${id}/read`)).status, 200);
  }
  const { body: [message] } = await ana.get<Message[]>(`/api/messages/${ben.id}`);
  assert.equal(message?.is_read, false);
});

Deno.test("marking as read is a fact that is recorded once, and only of what was sent to oneself", async () => {
  await using scene = await threePeople();
  const { ana, ben, cleo, server } = scene;
  const facts: unknown[] = [];
  server.filmroll.events.on("MessagesRead", ({ data }) => facts.push(data));
  for (const content of ["One", "Two"]) {
    await ana.post("/api/messages", { receiver_id: ben.id, content });
  }
  await ben.post("/api/messages", { receiver_id: ana.id, content: "Three" });
  await cleo.post("/api/messages", { receiver_id: ben.id, content: "Four" });

  for (let time = 0; time < 3; time++) await ben.post(`/api/messages/${ana.id}/read`);
  assert.deepEqual(facts, [{ readerId: ben.id, senderId: ana.id, upTo: 2 }]);

  const { body } = await ana.get<Message[]>(`/api/messages/${ben.id}`);
  assert.deepEqual(body.map(({ id, is_read }) => [id, is_read]), [[3, false], [2, true], [
    1,
    true,
  ]]);
  const { body: conversations } = await ben.get<Conversation[]>("/api/messages");
  assert.deepEqual(
    conversations.map(({ other_username, unread_count }) => [other_username, unread_count]),
    [["cleo", 1], ["ana", 0]],
  );
});

Deno.test("a conversation and the list of them go on where the Link header says", async () => {
  await using scene = await threePeople();
  const { ana, ben, cleo } = scene;
  for (let nth = 1; nth <= 5; nth++) {
    await (nth % 2 ? ana : ben).post("/api/messages", {
      receiver_id: nth % 2 ? ben.id : ana.id,
      content: `Message ${nth}`,
    });
  }
  await cleo.post("/api/messages", { receiver_id: ana.id, content: "Message 6" });

  async function idsOf(path: string): Promise<number[]> {
    const ids: number[] = [];
    for (let next: string | undefined = path; next !== undefined;) {
      const { body, headers }: Answer<{ id: number }[]> = await ana.get(next);
      ids.push(...body.map(({ id }) => id));
      next = /^<(.*)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
    }
    return ids;
  }
  assert.deepEqual(await idsOf(`/api/messages/${ben.id}?limit=2`), [5, 4, 3, 2, 1]);
  assert.deepEqual(await idsOf("/api/messages?limit=1"), [6, 5]);
  const { body } = await ana.get<Message[]>(`/api/messages/${ben.id}?limit=2&offset=1`);
  assert.deepEqual(body.map(({ id }) => id), [4, 3]);
});

Deno.test("a message that is sent twice under one id is one message", async () => {
  await using scene = await threePeople();
  const { ana, ben } = scene;
  const twice = {
    json: { receiver_id: ben.id, content: "Once" },
    headers: { "idempotency-key": crypto.randomUUID() },
  };
  const [first, second] = await Promise.all([
    ana.send<Message>("POST", "/api/messages", twice),
    ana.send<Message>("POST", "/api/messages", twice),
  ]);
  assert.deepEqual([first.status, second.status], [201, 201]);
  assert.deepEqual(first.body, second.body);
  assert.equal((await ben.get<Message[]>(`/api/messages/${ana.id}`)).body.length, 1);
});

// Pages

Deno.test("without script one finds somebody, writes, is answered, and marks it as read", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const ben = await signUp(server.origin, "ben");

  const empty = await ana.open("/messages");
  assert.match(empty.text, /No messages yet/);
  assert.match((await ana.open("/@ben")).html, /<a[^>]* href="\/messages\/2"[^>]*>Message<\/a>/);
  assert.doesNotMatch((await ana.open("/@ana")).html, /href="\/messages\/1"/);

  const sent = await ana.submit(await ana.open("/messages/2"), "/messages", {
    content: "Low tide at six",
  });
  assert.deepEqual([sent.status, sent.redirects, sent.url.pathname], [200, [303], "/messages/2"]);
  assert.match(sent.text, /Low tide at six/);
  assert.doesNotMatch(sent.text, /Seen/);

  const list = await ben.open("/messages");
  assert.match(list.text, /ana .*Low tide at six 1 unread/);
  const thread = await ben.open("/messages/1");
  assert.match(thread.text, /Low tide at six/);
  assert.doesNotMatch((await ana.open("/messages/2")).text, /Seen/, "looking is not reading");

  const marked = await ben.submit(thread, "/messages/1/read");
  assert.equal(marked.url.pathname, "/messages/1");
  assert.ok(!marked.forms.some(({ action }) => action === "/messages/1/read"));
  assert.match((await ana.open("/messages/2")).text, /Low tide at six \d\d:\d\d · Seen/);
});

Deno.test("whoever answers by form has read what they answer", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const ben = await signUp(server.origin, "ben");
  await ana.submit(await ana.open("/messages/2"), "/messages", { content: "Six?" });
  await ben.submit(await ben.open("/messages/1"), "/messages", { content: "Six." });
  assert.match((await ben.open("/messages")).text, /You: Six\./);
  assert.doesNotMatch((await ben.open("/messages")).text, /unread/);
});

Deno.test("a form that is sent twice makes one message", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  await join(server.origin, "ben");
  const page = await ana.open("/messages/2");
  for (let time = 0; time < 2; time++) await ana.submit(page, "/messages", { content: "Once" });
  const thread = await ana.open("/messages/2");
  assert.equal(thread.text.match(/Once/g)?.length, 1);
});

Deno.test("a message that is refused is kept in the form, and the field says why", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  await join(server.origin, "ben");
  const content = "a".repeat(2001);
  const page = await ana.submit(await ana.open("/messages/2"), "/messages", { content });
  assert.equal(page.status, 422);
  const form = formAt(page, "/messages");
  assert.equal(form.fields.content, content);
  assert.equal(form.fields.receiver_id, "2");
  assert.equal(form.controls.content!["aria-invalid"], "true");
  assert.ok("autofocus" in form.controls.content!);
  assert.match(page.text, /Must be at most 2000 characters/);

  const nobody = await ana.submit(page, "/messages", { content, receiver_id: "9" });
  assert.equal(nobody.status, 404);
});

Deno.test("a long conversation is read backwards by links, and leads back to its end", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  const ben = await join(server.origin, "ben");
  for (let nth = 1; nth <= 60; nth++) {
    await ben.post("/api/messages", { receiver_id: 1, content: `Frame ${nth}.` });
  }
  const latest = await ana.open("/messages/2");
  assert.match(latest.text, /Frame 11\. .*Frame 60\./);
  assert.doesNotMatch(latest.text, /Frame 10\./);
  const [, older] = /href="(\?before=\d+)"[^>]*>Older messages/.exec(latest.html)!;
  const earlier = await ana.open(`/messages/2${older}`);
  assert.match(earlier.text, /Frame 1\. .*Frame 10\./);
  assert.doesNotMatch(earlier.html, /Older messages/);
  assert.match(earlier.html, /<a[^>]* href="\/messages\/2"[^>]*>Latest messages/);
});

Deno.test("pages that are nobody's conversation say so, or lead where one is", async () => {
  await using server = await startFilmroll();
  const ana = await signUp(server.origin, "ana");
  assert.equal((await ana.open("/messages/9")).status, 404);
  assert.equal((await ana.open("/messages/ben")).status, 404);
  assert.equal((await ana.open("/messages/1")).url.pathname, "/messages");
  assert.equal((await ana.open("/messages/1/read")).url.pathname, "/messages");
  ana.cookies.clear();
  assert.equal((await ana.open("/messages/1")).url.pathname, "/auth/login");
});
