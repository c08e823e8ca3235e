/** Pictures as people choose, describe, send and see them, in a real browser. */
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Browser, Locator, Page } from "playwright-core";
import sharp from "sharp";
import type { Message, Post, Story, UserProfile } from "../../web/schemas.ts";
import { assertAccessible, assertFits } from "../support/accessibility.ts";
import { launchBrowser, newPage, type PageOptions } from "../support/browser.ts";
import { join, logIn, type Person, type Visitor } from "../support/client.ts";
import { htmlFindings } from "../support/html_validity.ts";
import { uploaded } from "../support/photos.ts";
import { startFilmroll, type TestServer } from "../support/server.ts";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };

/** A file as somebody's folder has it. */
interface File {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const jpeg = async (
  name: string,
  width: number,
  height: number,
  colour: string,
): Promise<File> => ({
  name,
  mimeType: "image/jpeg",
  buffer: await sharp({ create: { width, height, channels: 3, background: colour } }).jpeg()
    .toBuffer() as File["buffer"],
});

/** Ana posts, Ben follows her and looks. */
interface World extends AsyncDisposable {
  readonly server: TestServer;
  readonly ana: Person;
  readonly ben: Person;
  /** A wide, an upright and a square one. */
  readonly files: readonly [File, File, File];
  open(who: "ana" | "ben", path: string, options?: PageOptions): Promise<Page>;
  /** Uncaught errors and messages of the console, by page. */
  readonly problems: string[];
}

async function openWorld(browser: Browser): Promise<World> {
  const server = await startFilmroll();
  const { origin } = server;
  const [ana, ben] = [await join(origin, "ana"), await join(origin, "ben")];
  await ben.post(`/api/follow/${ana.id}`);
  const visitors = { ana: await logIn(origin, "ana"), ben: await logIn(origin, "ben") };
  const problems: string[] = [];
  return {
    server,
    ana,
    ben,
    problems,
    files: [
      await jpeg("sea.jpg", 720, 405, "#268"),
      await jpeg("tree.jpg", 700, 1050, "#285"),
      await jpeg("sun.jpg", 700, 700, "#c82"),
    ],
    async open(who, path, options = {}) {
      const page = await newPage(browser, { viewport: DESK, ...options });
      // Pictures are developed at a low priority: on a machine that is busy with tests they take a while.
      page.setDefaultTimeout(60_000);
      page.on("pageerror", ({ message }) => problems.push(`${path}: ${message}`));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) problems.push(message.text());
      });
      await page.context().addCookies(cookiesOf(visitors[who], origin));
      await page.goto(origin + path);
      if (options.javaScript !== false) await enlivened(page);
      return page;
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

const cookiesOf = ({ cookies }: Visitor, url: string) =>
  Array.from(cookies, ([name, value]) => ({ name, value, url }));

/** What a form has for who runs no script, and loses once its island listens. */
const WITHOUT_SCRIPT = '.photo-fields, .thread-alt, #photo[name="photo"]';

/** Waits until the islands listen. */
async function enlivened(page: Page): Promise<void> {
  await page.locator(WITHOUT_SCRIPT).waitFor({ state: "detached" });
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 500 })));
}

const photos = (page: Page) => page.locator(".photo");

async function chooseThree(page: Page, files: readonly File[]): Promise<void> {
  await page.getByLabel("Choose pictures").setInputFiles([...files]);
  await page.locator(".photo-kept").nth(2).waitFor();
}

const altsOf = (page: Page) =>
  photos(page).getByRole("textbox").evaluateAll((all) =>
    all.map((one) => (one as HTMLTextAreaElement).value)
  );

async function share(page: Page, caption: string): Promise<number> {
  await page.getByLabel("Caption").fill(caption);
  await page.getByRole("button", { name: "Share" }).click();
  await page.waitForURL(/\/posts\/\d+$/);
  return Number(page.url().split("/").at(-1));
}

/** How far the album is scrolled, in pictures. */
const placeOf = (album: Locator) =>
  album.locator(".album-strip").evaluate(({ scrollLeft, clientWidth }) => scrollLeft / clientWidth);

const atPlace = (page: Page, place: number) =>
  page.waitForFunction((place) => {
    const { scrollLeft, clientWidth } = document.querySelector(".album-strip")!;
    return Math.abs(scrollLeft / clientWidth - place) < 0.01;
  }, place);

/** What the pictures of a page need on its screen, and what has been fetched for them, in pixels. */
const pixelsOf = (pictures: Locator) =>
  pictures.evaluateAll((all) =>
    (all as HTMLImageElement[]).filter(({ complete, naturalWidth }) => complete && naturalWidth > 0)
      .map((image) => ({
        shown: image.getBoundingClientRect().width * devicePixelRatio,
        fetched: Number(/\/(\d+)\.webp$/.exec(image.currentSrc)?.[1]),
      }))
  );

/** A test with a world of its own. No page of it may log an error or break the policy. */
const test = (name: string, run: (world: World, t: Deno.TestContext) => Promise<void>) =>
  Deno.test(name, async (t) => {
    await using browser = await launchBrowser();
    await using world = await openWorld(browser);
    await run(world, t);
    const expected = /status of 4\d\d|ERR_CONNECTION_RESET|ERR_FAILED/;
    assert.deepEqual(world.problems.filter((problem) => !expected.test(problem)), []);
  });

test("an album is made, and looked through", async (world, t) => {
  const { ana, files, server } = world;
  let albumId = 0;

  await t.step("three pictures are chosen, described, put in order and posted", async () => {
    const page = await world.open("ana", "/posts/new");
    await page.getByText(/Up to 10.*at most 20 MB and 50 megapixels each; 2 GB in all/).waitFor();
    await chooseThree(page, files);
    for (const [index, alt] of ["Sea", "Tree", "Sun"].entries()) {
      await page.getByLabel(`What picture ${index + 1} shows`).fill(alt);
    }

    await page.getByRole("button", { name: "Move picture 3 earlier" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("status").getByText("Picture moved to place 2 of 3").waitFor();
    assert.deepEqual(await altsOf(page), ["Sea", "Sun", "Tree"]);
    await page.keyboard.press("Enter");
    assert.deepEqual(await altsOf(page), ["Sun", "Sea", "Tree"], "the focus goes with the picture");

    const [first, last] = [photos(page).nth(0), photos(page).nth(2)];
    await last.locator(".photo-frame").hover();
    await page.mouse.down();
    await first.locator(".photo-frame").hover({ position: { x: 20, y: 5 } });
    await page.mouse.up();
    assert.deepEqual(await altsOf(page), ["Tree", "Sun", "Sea"]);

    await assertAccessible(page);
    await assertFits(page);
    await page.setViewportSize(DESK);
    albumId = await share(page, "Three of them");
    const { body } = await ana.get<Post>(`/api/posts/${albumId}`);
    assert.deepEqual(body.images.map(({ alt }) => alt), ["Tree", "Sun", "Sea"]);
    assert.deepEqual(body.images.map(({ width, height }) => [width, height]), [
      [700, 1050],
      [700, 700],
      [720, 405],
    ]);
    await page.goto(`${server.origin}/posts/new`);
    await enlivened(page);
    assert.equal(await photos(page).count(), 0, "what is posted is no draft");
    await page.close();
  });

  for (const viewport of [PHONE, DESK]) {
    await t.step(`an album is seen in another's feed at ${viewport.width} px`, async () => {
      const page = await world.open("ben", "/", { viewport });
      const album = page.getByRole("group", { name: "3 pictures" });
      await album.getByText("1/3").waitFor();
      await album.getByRole("img", { name: "Tree" }).waitFor();

      await album.hover();
      await album.getByRole("button", { name: "Next picture" }).dblclick();
      await atPlace(page, 2);
      await page.getByRole("status").getByText("Picture 3 of 3").waitFor();
      // At the end it is there still, so that a click too many does not fall through to the picture.
      await album.getByRole("button", { name: "Next picture" }).dblclick({ force: true });
      await page.keyboard.press("j");
      await page.keyboard.press("ArrowLeft");
      await atPlace(page, 1);
      const like = page.getByRole("button", { name: "Like" });
      assert.equal(await like.getAttribute("aria-pressed"), "false", "arrows never like");
      await album.getByRole("img", { name: "Sun" }).dblclick();
      await page.getByRole("button", { name: "Like", pressed: true }).waitFor();
      await like.click();

      const badge = album.getByText("ALT").nth(1);
      await badge.click();
      await album.getByText("Sun", { exact: true }).waitFor();

      const pictures = await pixelsOf(album.locator(".picture-image"));
      assert.ok(pictures.length >= 2);
      for (const { shown, fetched } of pictures) {
        assert.ok(fetched >= shown * 0.95 && fetched <= shown * 2, `${fetched} for ${shown}`);
      }
      const { height, width } = (await album.boundingBox())!;
      assert.ok(height / width <= 1.26 && height / width >= 1 / 1.92);
      await assertAccessible(page);
      await assertFits(page);
      await page.close();
    });
  }

  await t.step("an album can be looked through without script", async () => {
    const page = await world.open("ben", `/posts/${albumId}`, { javaScript: false });
    const album = page.getByRole("group", { name: "3 pictures" });
    await album.getByText("1/3").waitFor();
    assert.equal(await album.getByRole("button").filter({ visible: true }).count(), 0);
    await album.locator(".album-strip").focus();
    await page.keyboard.press("End");
    await album.getByText("ALT").first().click();
    await album.getByText("Tree", { exact: true }).waitFor();
    assert.ok(await placeOf(album) >= 0);
    const meta = (name: string) =>
      page.locator(`meta[property="og:image${name}"]`).getAttribute("content");
    assert.match((await meta(""))!, /^http.*\/700\.jpg$/);
    assert.deepEqual([await meta(":width"), await meta(":height")], ["700", "1050"]);
    assert.equal(await meta(":alt"), "Tree");
    await page.close();
  });

  await t.step("pictures hold their place, and show their colours before they come", async () => {
    const page = await world.open("ben", "/", { viewport: PHONE });
    await page.route("**/media/**", () => {});
    await page.reload({ waitUntil: "domcontentloaded" });
    const behind = page.locator(".picture-placeholder").first();
    assert.ok(await behind.evaluate((image: HTMLImageElement) => image.naturalWidth > 1));
    const { height } = (await page.locator(".picture").first().boundingBox())!;
    await page.unroute("**/media/**");
    await page.reload();
    await page.waitForFunction(() =>
      document.querySelector<HTMLImageElement>(".picture-image")!.naturalWidth > 0
    );
    assert.equal((await page.locator(".picture").first().boundingBox())!.height, height);
    await page.close();
  });
});

test("a form sends pictures, whatever comes between", async (world, t) => {
  const { ana, files } = world;

  await t.step("without script a form sends pictures with what they show", async () => {
    const page = await world.open("ana", "/posts/new", { javaScript: false, viewport: PHONE });
    await page.getByLabel("Picture 1", { exact: true }).setInputFiles(files[0]);
    await page.getByLabel("What it shows").nth(0).fill("The sea");
    await page.getByLabel("Picture 3", { exact: true }).setInputFiles(files[2]);
    await page.getByLabel("What it shows").nth(2).fill("The sun");
    await page.getByLabel("Caption").fill("a".repeat(2201));
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByText(/at most 2200/).waitFor();
    assert.deepEqual(await htmlFindings(await page.content()), []);
    assert.ok(await page.getByLabel("Keep The sea").isChecked());
    await page.getByLabel("Caption").fill("Kept meanwhile");
    await page.getByLabel("Picture 3", { exact: true }).setInputFiles(files[1]);
    await page.getByLabel("What it shows").nth(0).fill("The tree");
    await page.getByRole("button", { name: "Share" }).click();
    await page.waitForURL(/\/posts\/\d+$/);
    const { body } = await ana.get<Post>(`/api/posts/${page.url().split("/").at(-1)}`);
    assert.deepEqual(body.images.map(({ alt }) => alt), ["The sea", "The sun", "The tree"]);
    await page.close();
  });

  await t.step("sending shows how far it is, can be cancelled and tried again", async () => {
    const page = await world.open("ana", "/posts/new");
    let answer: "hold" | "fail" | "pass" = "hold";
    await page.route("**/api/media", async (route) => {
      if (answer === "fail") return await route.abort("connectionreset");
      if (answer === "pass") await route.continue();
    });
    await page.getByLabel("Choose pictures").setInputFiles([...files]);
    await page.getByRole("progressbar", { name: "Sending picture 2" }).waitFor();
    assert.equal(await page.getByRole("progressbar").count(), 2, "two at once");
    await page.getByText("Waiting…").waitFor();
    await page.getByRole("button", { name: "Cancel picture 3" }).click();
    answer = "fail";
    await page.getByRole("button", { name: "Cancel picture 2" }).click();
    await page.getByRole("button", { name: "Cancel picture 1" }).click();
    assert.equal(await photos(page).count(), 0);

    await page.getByLabel("Choose pictures").setInputFiles(files[0]);
    await page.getByRole("alert").getByText(/offline/).waitFor();
    await page.getByRole("button", { name: "Share" }).click();
    await page.getByRole("alert").getByText(/has come through/).waitFor();
    answer = "pass";
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".photo-kept").waitFor();

    await page.getByLabel("What it shows").fill("A draft");
    await page.reload();
    await page.locator(".photo-kept").getByRole("img", { name: "A draft" }).waitFor();
    await share(page, "After all");
    await page.getByRole("img", { name: "A draft" }).waitFor();
    await page.close();
  });

  await t.step(
    "what may not be sent is said beforehand, and what is refused beside it",
    async () => {
      const page = await world.open("ana", "/posts/new");
      const small = await jpeg("small.jpg", 40, 40, "#abc");
      const eleven = Array.from({ length: 11 }, () => small);
      const text = (name: string, mimeType: string, content: string): File => ({
        name,
        mimeType,
        buffer: Buffer.from(content),
      });
      await page.getByLabel("Choose pictures").setInputFiles([
        text("notes.txt", "text/plain", "no picture"),
        text("fake.jpg", "image/jpeg", "neither"),
      ]);
      const error = (index: number) => photos(page).nth(index).getByRole("alert");
      await error(0).getByText(/no picture that we can read/).waitFor();
      await error(1).getByText(/picture/).waitFor();
      await page.getByLabel("Add pictures").evaluate((input: HTMLInputElement) => {
        const transfer = new DataTransfer();
        const content = new Uint8Array(20 * 1024 ** 2 + 1);
        transfer.items.add(new File([content], "large.jpg", { type: "image/jpeg" }));
        input.files = transfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
      await error(2).getByText(/20.1 MB; a picture may have at most 20 MB/).waitFor();
      assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0);
      for (let i = 0; i < 3; i++) {
        await page.getByRole("button", { name: /^Remove/ }).first().click();
      }
      await page.getByLabel("Choose pictures").setInputFiles(eleven);
      await page.getByText("There is room for 10 pictures: 1 left out.").waitFor();
      assert.equal(await photos(page).count(), 10);
      assert.equal(await page.getByLabel("Add pictures").count(), 0);
      await page.close();
    },
  );

  await t.step("pictures can be dropped anywhere on the page, and pasted", async () => {
    const page = await world.open("ana", "/posts/new");
    const give = (event: "drop" | "paste", bytes: number[]) =>
      page.evaluate(({ event, bytes }) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], "a.jpg", { type: "image/jpeg" }));
        const options = { bubbles: true, cancelable: true };
        document.querySelector("h1")!.dispatchEvent(
          event === "drop"
            ? new DragEvent(event, { ...options, dataTransfer: transfer })
            : new ClipboardEvent(event, { ...options, clipboardData: transfer }),
        );
      }, { event, bytes });
    await give("drop", [...files[0].buffer]);
    await give("paste", [...files[1].buffer]);
    await page.locator(".photo-kept").nth(1).waitFor();
    await page.close();
  });
});

test("profile pictures are square", async (world, t) => {
  const { ana, files, server } = world;

  await t.step("a profile picture is cropped by dragging, the wheel and keys", async () => {
    const page = await world.open("ana", "/users/me");
    const half = await sharp({
      create: { width: 600, height: 1200, channels: 3, background: "#00f" },
    }).composite([{
      input: await sharp({
        create: { width: 600, height: 600, channels: 3, background: "#f00" },
      }).png().toBuffer(),
      top: 0,
      left: 0,
    }]).jpeg().toBuffer();
    const file = { ...files[0], buffer: half as File["buffer"] };
    await page.getByLabel("Profile picture").setInputFiles(file);
    const dialog = page.getByRole("dialog", { name: "Your picture" });
    await dialog.waitFor();
    await assertAccessible(page);
    await page.setViewportSize(DESK);

    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.ok(await page.getByLabel("Profile picture").evaluate((it) => it.matches(":focus")));

    await page.getByLabel("Profile picture").setInputFiles(file);
    await dialog.waitFor();
    // From the middle up to the red half.
    for (let i = 0; i < 12; i++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("+");
    assert.ok(Number(await dialog.getByLabel("Zoom").inputValue()) > 1);
    const view = dialog.getByRole("application");
    await view.hover();
    await page.mouse.wheel(0, -100);
    await page.mouse.down();
    await page.mouse.move(700, 600, { steps: 3 });
    await page.mouse.up();
    await dialog.getByRole("button", { name: "Use this" }).click();
    await page.getByRole("status").getByText("Save to show it").waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/@ana/);
    const { body } = await ana.get<UserProfile>(`/api/users/${ana.id}`);
    assert.match(body.profile_image_url!, /^\/media\/[0-9a-f]{64}\/\d+\.webp$/);
    const kept = await fetch(server.origin + body.profile_image_url!);
    const { data, info } = await sharp(await kept.bytes()).raw().toBuffer({
      resolveWithObject: true,
    });
    assert.equal(info.width, info.height);
    assert.ok(data[0]! > 200 && data[2]! < 50, "the upper half is red");
    await page.close();
  });

  await t.step("without script a profile picture is cut in its middle", async () => {
    const page = await world.open("ana", "/users/me", { javaScript: false });
    await page.getByLabel("Profile picture").setInputFiles(files[0]);
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/@ana/);
    const { body } = await ana.get<UserProfile>(`/api/users/${ana.id}`);
    const kept = await fetch(server.origin + body.profile_image_url!);
    const { width, height } = await sharp(await kept.bytes()).metadata();
    assert.equal(width, height);
    await page.close();
  });
});

test("stories and messages bring pictures", async (world, t) => {
  const { ana, files, server } = world;

  await t.step("a story is told with a picture, with and without script", async () => {
    for (const javaScript of [true, false]) {
      const page = await world.open("ana", "/stories/new", { javaScript, viewport: PHONE });
      if (javaScript) {
        await page.getByLabel("Choose a picture").setInputFiles(files[1]);
        await page.locator(".photo-kept").waitFor();
        await assertAccessible(page);
        await page.setViewportSize(PHONE);
      } else {
        await page.getByLabel("File", { exact: true }).setInputFiles(files[1]);
      }
      await page.getByLabel(/shows/).fill("A tree");
      await page.getByRole("button", { name: "Share for 24 hours" }).click();
      await page.waitForURL(/\/stories\/\d+$/);
      const picture = page.getByRole("img", { name: "A tree" });
      await picture.waitFor();
      const [story] = (await ana.get<Story[]>("/api/stories")).body;
      assert.equal(story!.image!.width, 700);
      assert.match((await picture.getAttribute("srcset"))!, /640w/);
      await page.close();
    }
  });

  await t.step("a message brings a picture, which arrives while the other looks", async () => {
    const other = await world.open("ben", `/messages/${ana.id}`);
    const page = await world.open("ana", `/messages/${world.ben.id}`, { viewport: PHONE });
    await page.getByLabel("Add a picture").setInputFiles(files[2]);
    await page.locator(".photo-kept").waitFor();
    await page.getByLabel("What it shows").fill("A sun");
    await page.reload();
    await page.locator(".photo-kept").waitFor();
    await page.getByRole("button", { name: "Send" }).click();
    await other.getByRole("log").getByRole("img", { name: "A sun" }).waitFor();
    await page.getByRole("log").getByRole("img", { name: "A sun" }).waitFor();
    assert.equal(await photos(page).count(), 0);
    const [message] = (await ana.get<Message[]>(`/api/messages/${world.ben.id}`)).body;
    assert.equal(message!.content, "");
    assert.equal(
      await page.locator(".bubble-picture").getAttribute("href"),
      message!.image!.url,
    );
    await assertAccessible(page);
    await page.goto(`${server.origin}/messages`);
    await page.getByText("Sent a picture").waitFor();
    await page.close();
    await other.close();

    const plain = await world.open("ana", `/messages/${world.ben.id}`, { javaScript: false });
    await plain.getByLabel("Add a picture").setInputFiles(files[1]);
    await plain.getByLabel("What the picture shows").fill("A tree");
    await plain.getByRole("button", { name: "Send" }).click();
    await plain.getByRole("log").getByRole("img", { name: "A tree" }).waitFor();
    await plain.close();
  });

  await t.step("a picture that moves stands still where reduced motion is asked for", async () => {
    const frames = await Promise.all(
      ["#f00", "#0f0"].map((background) =>
        sharp({ create: { width: 400, height: 300, channels: 3, background } }).png().toBuffer()
      ),
    );
    const gif = await sharp(frames, { join: { animated: true } }).gif({ delay: [100, 100] })
      .toBuffer();
    const media = await uploaded(ana, gif, { alt: "Blinking", name: "a.gif" });
    assert.equal(media.animated, true);
    const { body: { id } } = await ana.post<Post>("/api/posts", { media: [media.id] });
    for (const [reducedMotion, type] of [["reduce", "jpg"], ["no-preference", "webp"]] as const) {
      const page = await world.open("ben", `/posts/${id}`, { reducedMotion });
      const src = await page.getByRole("img", { name: "Blinking" }).evaluate(
        (image: HTMLImageElement) => image.decode().then(() => image.currentSrc),
      );
      assert.ok(src.endsWith(`.${type}`), src);
      await page.close();
    }
  });
});
