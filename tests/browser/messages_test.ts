/** Messages in real browsers: a conversation that two people have open at once. */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { assertAccessible, assertFits } from "../support/accessibility.ts";
import { launchBrowser, newPage, type PageOptions } from "../support/browser.ts";
import { join, type Person, signUp, type Visitor } from "../support/client.ts";
import { startFilmroll } from "../support/server.ts";

const PHONE = { width: 390, height: 844 };

interface World extends AsyncDisposable {
  readonly origin: string;
  readonly ana: Visitor;
  readonly ben: Visitor;
  /** As a program; her pages are empty. */
  readonly cleo: Person;
  open(visitor: Visitor, path: string, options?: PageOptions): Promise<Page>;
}

/** Ana (1), Ben (2) and Cleo (3), of whom nobody has written yet. */
async function openWorld(browser: Browser): Promise<World> {
  const server = await startFilmroll();
  const { origin } = server;
  const [ana, ben] = [await signUp(origin, "ana"), await signUp(origin, "ben")];
  const cleo = await join(origin, "cleo");
  return {
    origin,
    ana,
    ben,
    cleo,
    async open(visitor, path, options) {
      const page = await newPage(browser, options);
      page.setDefaultTimeout(10_000);
      await page.context().addCookies(
        Array.from(visitor.cookies, ([name, value]) => ({ name, value, url: origin })),
      );
      await page.goto(origin + path);
      if (options?.javaScript !== false) await hydrated(page);
      return page;
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** Waits until the islands listen. */
const hydrated = (page: Page) =>
  page.waitForFunction(() => document.readyState === "complete").then(() =>
    page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 500 })))
  );

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const thread = (page: Page) => page.getByRole("log");
const bubbles = (page: Page) => page.locator(".bubble").allInnerTexts();

async function say(page: Page, content: string): Promise<void> {
  await field(page).fill(content);
  await field(page).press("Enter");
}

Deno.test("two people write to each other, and see it happen", async (t) => {
  await using browser = await launchBrowser();
  await using world = await openWorld(browser);
  const ana = await world.open(world.ana, "/messages/2");
  const ben = await world.open(world.ben, "/messages/1");

  await t.step("23. what one types is announced, and what one sends appears", async () => {
    await field(ana).pressSequentially("Low tide at six");
    await thread(ben).getByText("typing…").waitFor();
    await field(ana).press("Enter");
    await thread(ben).getByText("Low tide at six").waitFor();
    await thread(ben).getByText("typing…").waitFor({ state: "hidden" });
    assert.equal(await field(ana).inputValue(), "");
  });

  await t.step("23. it is seen when it was read, until it is answered", async () => {
    await thread(ana).getByText("Seen").waitFor();
    await say(ben, "I am up");
    await thread(ana).getByText("I am up").waitFor();
    await thread(ana).getByText("Seen").waitFor({ state: "detached" });
    await thread(ben).getByText("Seen").waitFor();
  });

  await t.step("what is written in another tab appears too, once and in order", async () => {
    const tab = await world.open(world.ana, "/messages/2");
    await Promise.all(
      ["One", "Two", "Three"].map((content) =>
        world.cleo.post("/api/messages", { receiver_id: 1, content: `Not here: ${content}` })
      ),
    );
    for (const content of ["One", "Two", "Three"]) await say(tab, content);
    const all = ["Low tide at six", "I am up", "One", "Two", "Three"];
    for (const page of [tab, ana, ben]) {
      await thread(page).getByText("Three").waitFor();
      assert.deepEqual(await bubbles(page), all);
    }
    await tab.close();
  });

  await t.step("Shift+Enter begins a line, and blank messages are not sent", async () => {
    await field(ana).pressSequentially("First line");
    await field(ana).press("Shift+Enter");
    await field(ana).pressSequentially("second line");
    await field(ana).press("Control+Enter");
    await thread(ben).getByText("First line\nsecond line").waitFor();
    const before = await bubbles(ana);
    await field(ana).fill("   ");
    await field(ana).press("Enter");
    assert.deepEqual(await bubbles(ana), before);
  });
  await Promise.all([ana.close(), ben.close()]);
});

Deno.test("no message is lost, and none is doubled", async (t) => {
  await using browser = await launchBrowser();
  await using world = await openWorld(browser);
  const sent = async () => {
    const { origin, ana } = world;
    const response = await ana.request("/messages/2", { headers: { accept: "application/json" } });
    assert.equal(response.status, 200, origin);
    return (await response.json()).map(({ content }: { content: string }) => content);
  };

  await t.step("18. an unfinished message survives a reload", async () => {
    const page = await world.open(world.ana, "/messages/2");
    await field(page).fill("Half a thought");
    await page.reload();
    await page.waitForFunction(() =>
      document.querySelector<HTMLTextAreaElement>("#message-content")?.value === "Half a thought"
    );
    await field(page).press("Enter");
    await thread(page).getByText("Half a thought").waitFor();
    await page.reload();
    await hydrated(page);
    assert.equal(await field(page).inputValue(), "");
    await page.close();
  });

  await t.step("17. Enter, Enter and a click on Send make one message", async () => {
    const page = await world.open(world.ana, "/messages/2");
    await field(page).fill("Only once");
    await page.evaluate(() => {
      const button = document.querySelector<HTMLButtonElement>(".thread-send")!;
      for (let time = 0; time < 3; time++) button.click();
    });
    await thread(page).getByText("Only once").waitFor();
    await page.waitForFunction(() => document.querySelector(".bubble-sending") === null);
    assert.deepEqual(await sent(), ["Only once", "Half a thought"]);
    await page.close();
  });

  await t.step("a message that failed says so, survives a reload, and is sent again", async () => {
    const page = await world.open(world.ana, "/messages/2");
    await page.route("**/api/messages", (route) => route.abort());
    await say(page, "Out of range");
    await thread(page).getByText("Not sent.").waitFor();
    await page.reload();
    await hydrated(page);
    await thread(page).getByText("Not sent.").waitFor();
    await page.unroute("**/api/messages");
    await thread(page).getByRole("button", { name: "Try again" }).click();
    await thread(page).getByText("Not sent.").waitFor({ state: "detached" });
    assert.equal((await sent())[0], "Out of range");
    await page.close();
  });

  await t.step("a message that a reload interrupted goes on, and arrives once", async () => {
    const page = await world.open(world.ana, "/messages/2");
    const recorded = Promise.withResolvers<void>();
    await page.route("**/api/messages", async (route) => {
      await route.fetch();
      recorded.resolve();
    }, { times: 1 });
    await say(page, "Before the tunnel");
    await recorded.promise;
    await page.reload();
    await thread(page).getByText("Before the tunnel").first().waitFor();
    await page.waitForFunction(() => document.querySelector(".bubble-sending") === null);
    assert.deepEqual((await sent()).slice(0, 2), ["Before the tunnel", "Out of range"]);
    await page.close();
  });

  await t.step("a message whose answer was lost is sent again, and recorded once", async () => {
    const page = await world.open(world.ana, "/messages/2");
    await page.route("**/api/messages", async (route) => {
      await route.fetch();
      await route.abort();
    }, { times: 1 });
    await say(page, "Did you get this?");
    await thread(page).getByText("Did you get this?").first().waitFor();
    await page.waitForFunction(() =>
      document.querySelector(".bubble-sending, .cluster-failed") === null
    );
    assert.equal((await bubbles(page)).filter((text) => text === "Did you get this?").length, 1);
    assert.deepEqual((await sent()).slice(0, 2), ["Did you get this?", "Before the tunnel"]);
    await page.close();
  });
});

Deno.test("a long conversation opens at its end, and grows backwards without a jump", async (t) => {
  await using browser = await launchBrowser();
  await using world = await openWorld(browser);
  const { ana, ben, cleo } = world;
  for (let nth = 1; nth <= 120; nth++) {
    await cleo.post("/api/messages", { receiver_id: 1, content: `Frame ${nth} of the roll.` });
  }

  for (const javaScript of [true, false]) {
    await t.step(`it opens at its end ${javaScript ? "with" : "without"} script`, async () => {
      const page = await world.open(ana, "/messages/3", { javaScript, viewport: PHONE });
      const last = await page.getByText("Frame 120 of the roll.").boundingBox();
      const form = await page.locator(".thread-form").boundingBox();
      assert.ok(last !== null && form !== null);
      assert.ok(last.y > 0 && last.y + last.height <= form.y);
      assert.ok(form.y + form.height <= PHONE.height);
      await page.close();
    });
  }

  await t.step("older messages come while one scrolls, and what one reads stays", async () => {
    const page = await world.open(ana, "/messages/3", { viewport: PHONE });
    const read = page.getByText("Frame 75 of the roll.");
    const released = Promise.withResolvers<void>();
    await page.route("**/api/messages/3?*", async (route) => {
      await released.promise;
      await route.continue();
    }, { times: 1 });
    await read.scrollIntoViewIfNeeded();
    const top = (await read.boundingBox())!.y;
    released.resolve();
    await page.getByText("Frame 22 of the roll.").waitFor({ state: "attached" });
    assert.equal((await bubbles(page)).length, 100);
    assert.ok(Math.abs((await read.boundingBox())!.y - top) < 2);

    await cleo.post("/api/messages", { receiver_id: 1, content: "The end of it." });
    await page.getByRole("button", { name: "1 new" }).waitFor();
    assert.ok(Math.abs((await read.boundingBox())!.y - top) < 2);
    await page.getByRole("button", { name: "1 new" }).click();
    await page.getByRole("button", { name: "1 new" }).waitFor({ state: "detached" });
    await page.getByText("The end of it.").waitFor();

    await page.getByText("Frame 22 of the roll.").scrollIntoViewIfNeeded();
    await page.getByText("Frame 1 of the roll.").waitFor({ state: "attached" });
    assert.equal((await bubbles(page)).length, 121);
    await page.getByRole("link", { name: "Older messages" }).waitFor({ state: "detached" });
    await page.close();
  });

  await t.step("24. the list of conversations follows what happens", async () => {
    const page = await world.open(ana, "/messages");
    const rows = page.locator(".conversation");
    assert.match(await rows.first().innerText(), /cleo/);
    const answer = await ben.submit(await ben.open("/messages/1"), "/messages", {
      content: "And me",
    });
    assert.equal(answer.status, 200);
    await rows.filter({ hasText: "And me" }).getByText("unread").waitFor({ state: "attached" });
    assert.match(await rows.first().innerText(), /ben/);
    await page.close();
  });
});

Deno.test("22. axe finds nothing on the pages of messages", async (t) => {
  await using browser = await launchBrowser();
  await using world = await openWorld(browser);
  const { ana, ben, cleo } = world;
  await cleo.post("/api/messages", { receiver_id: 1, content: "Hello #sea" });
  await ana.submit(await ana.open("/messages/3"), "/messages", { content: "Hello yourself" });
  await cleo.post("/api/messages/1/read");

  for (
    const [visitor, path] of [
      [ana, "/messages"],
      [ben, "/messages"],
      [ana, "/messages/3"],
      [ben, "/messages/3"],
      [ana, "/messages/3?before=2"],
    ] as const
  ) {
    await t.step(`${path} of ${visitor === ana ? "Ana" : "Ben"}`, async () => {
      const page = await world.open(visitor, path, { reducedMotion: "reduce" });
      await assertAccessible(page);
      await assertFits(page);
      await page.close();
    });
  }
});
