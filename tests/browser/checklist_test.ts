/** What people see and feel, in a real browser: the checklist of the interface, by its numbers. */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { assertAccessible, assertFits } from "../support/accessibility.ts";
import { launchBrowser, newPage, type PageOptions } from "../support/browser.ts";
import { accountOf, join, type Person, signUp, type Visitor } from "../support/client.ts";
import { uploaded } from "../support/photos.ts";
import { startFilmroll, type TestServer } from "../support/server.ts";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 800 };
const POSTS = 45;

/** A server with people and pictures, and a browser to look at it with. */
interface World extends AsyncDisposable {
  readonly server: TestServer;
  readonly ana: Person;
  /** Opens a page, as Ben unless nobody is logged in; problems on it are noted. */
  open(path: string, options?: PageOptions & { anonymous?: boolean }): Promise<Page>;
  /** Uncaught errors, messages of the console and violations of the policy, by page. */
  readonly problems: string[];
}

/** Ana (1) has 45 posts, with pictures but for every fifth; Ben (2) follows her and is logged in. */
async function openWorld(browser: Browser): Promise<World> {
  const server = await startFilmroll();
  const ana = await join(server.origin, "ana");
  const imageUrl = await keepPicture(ana);
  await ana.put("/api/users/me", { full_name: "Ana Lima", bio: "35 mm #film, @ben and no filter" });
  for (let i = 1; i <= POSTS; i++) {
    const content = `Frame ${i}, low tide #sea`;
    await ana.post("/api/posts", i % 5 === 0 ? { content } : { content, image_url: imageUrl });
  }
  const ben = await signUp(server.origin, "ben");
  await submit(ben, "/follow/1", {});
  await submit(ben, `/posts/${POSTS}/comments`, { content: "Cold? #brr" });
  await ana.post("/api/follow/2");

  const problems: string[] = [];
  return {
    server,
    ana,
    problems,
    async open(path, { anonymous = false, ...options } = {}) {
      const page = await newPage(browser, { viewport: PHONE, ...options });
      page.setDefaultTimeout(10_000);
      const note = (problem: string) => problems.push(`${path}: ${problem}`);
      page.on("pageerror", (error) => note(error.message));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) note(message.text());
      });
      if (!anonymous) {
        await page.context().addCookies(
          Array.from(ben.cookies, ([name, value]) => ({ name, value, url: server.origin })),
        );
      }
      await page.goto(server.origin + path);
      return page;
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

/** A picture among the server's own media, which posts link; answers its path. */
async function keepPicture(owner: Person): Promise<string> {
  const picture = sharp({ create: { width: 1080, height: 1350, channels: 3, background: "#357" } });
  return (await uploaded(owner, await picture.webp().toBuffer())).url;
}

async function submit(visitor: Visitor, path: string, fields: Record<string, string>) {
  const response = await visitor.request(path, {
    method: "POST",
    body: new URLSearchParams(fields),
  });
  await response.body?.cancel();
  assert.equal(response.status, 303);
}

const newest = (page: Page) => page.getByRole("article").first();

/** Waits until the islands listen. */
const hydrated = (page: Page) =>
  page.waitForFunction(() => document.readyState === "complete").then(() =>
    page.evaluate(() => new Promise((done) => requestIdleCallback(done, { timeout: 500 })))
  );

/** Pages for members (as Ben) and for everybody, with what makes each of them. */
const MEMBER_PAGES = [
  ...["/", "/posts/new", `/posts/${POSTS}`, "/posts/1", "/@ana", "/@ben", "/users/me"],
  ...["/users/1/followers", "/users/2/following", "/users/me/delete", "/auth/restored", "/nowhere"],
];
const PUBLIC_PAGES = [
  ...["/", "/auth/register", "/auth/login", `/posts/${POSTS}`, "/@ana", "/users/1/followers"],
  ...["/auth/closed", "/nowhere", "/feed?limit=0"],
];

Deno.test("the checklist of the interface", async (t) => {
  await using browser = await launchBrowser();
  await using world = await openWorld(browser);
  const { server, ana } = world;
  const likesOf = async (id: number) =>
    (await ana.get<{ like_count: number }>(`/api/posts/${id}`)).body.like_count;

  await t.step("1. a double click on the picture likes, and never unlikes", async () => {
    const page = await world.open("/posts/44");
    await hydrated(page);
    const liked = newest(page).getByRole("button", { name: "Like", pressed: true });
    const picture = newest(page).getByRole("img");
    for (let i = 0; i < 3; i++) {
      await picture.dblclick();
      await liked.waitFor();
      await page.waitForTimeout(400); // Longer than a double tap may last, so that the next is one.
    }
    assert.equal(await likesOf(44), 1);
    await page.close();
  });

  await t.step("2. a like shows within 100 ms, before the answer", async () => {
    const page = await world.open("/posts/43");
    await hydrated(page);
    const held = Promise.withResolvers<void>();
    await page.route("**/likes", async (route) => {
      await held.promise;
      await route.continue();
    });
    const milliseconds = await newest(page).getByRole("button", { name: "Like" }).evaluate(
      async (button) => {
        const started = performance.now();
        (button as HTMLButtonElement).click();
        while (button.getAttribute("aria-pressed") !== "true") {
          await new Promise(requestAnimationFrame);
        }
        return performance.now() - started;
      },
    );
    assert.ok(milliseconds < 100, `${milliseconds} ms`);
    const answered = page.waitForResponse("**/likes");
    held.resolve();
    await answered;
    await newest(page).getByRole("button", { name: "Like", pressed: true }).waitFor();
    await page.close();
  });

  await t.step("2. a like that fails is taken back, and the page says so", async () => {
    const page = await world.open("/posts/42");
    await hydrated(page);
    await page.route("**/likes", (route) => route.abort("connectionrefused"));
    const button = newest(page).getByRole("button", { name: "Like" });
    await button.click();
    await page.getByRole("status").getByText(/offline/).waitFor();
    assert.equal(await button.getAttribute("aria-pressed"), "false");
    await page.close();
    dropProblems(world, /ERR_CONNECTION_REFUSED/);
  });

  await t.step("3. like and follow are buttons in forms, with aria-pressed", async () => {
    const page = await world.open("/@ana", { javaScript: false });
    const follow = page.locator('form[method="post"][action="/follow/1"] button[type="submit"]');
    assert.equal(await follow.getAttribute("aria-pressed"), "true");
    await page.goto(`${server.origin}/posts/41`);
    const like = page.locator(
      'form[method="post"][action="/posts/41/likes"] button[type="submit"]',
    );
    assert.equal(await like.getAttribute("aria-pressed"), "false");
    await like.click();
    assert.equal(await like.getAttribute("aria-pressed"), "true");
    await page.close();
  });

  for (const path of ["/?limit=3", "/posts/new", `/posts/${POSTS}`, "/@ben", "/users/me"]) {
    await t.step(
      `6. Tab reaches every control of ${path}, visibly, the skip link first`,
      async () => {
        const page = await world.open(path, { viewport: DESK, javaScript: false });
        await assertTabReachesAll(page);
        await page.close();
      },
    );
  }

  await t.step("6. the skip link leads past the rail", async () => {
    const page = await world.open("/");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
    await page.close();
  });

  for (const path of ["/", "/posts/44", "/@ana"]) {
    await t.step(`7. pictures of ${path} hold their place and say what they show`, async () => {
      const page = await world.open(path);
      await page.waitForLoadState("networkidle");
      const images = await page.locator("main img").evaluateAll((all) =>
        (all as HTMLImageElement[]).map((image) => ({
          width: image.getAttribute("width"),
          height: image.getAttribute("height"),
          alt: image.getAttribute("alt"),
          isDecoration: image.getAttribute("aria-hidden") === "true",
          behind: getComputedStyle(image.closest(".picture, .tile") ?? image).backgroundColor,
        }))
      );
      assert.ok(images.length > 0);
      for (const { width, height, alt, isDecoration, behind } of images) {
        assert.ok(Number(width) > 0 && Number(height) > 0);
        assert.match(alt!, isDecoration ? /^$/ : /Photo by Ana Lima/);
        assert.notEqual(behind, "rgba(0, 0, 0, 0)");
      }
      const shift = await layoutShift(page);
      assert.ok(shift < 0.1, `Layout shift ${shift}`);
      await page.close();
    });
  }

  await t.step(
    "8. the first picture loads at once, those below the fold when they are near",
    async () => {
      const page = await world.open("/", { javaScript: false });
      const images = await page.locator(".picture img").evaluateAll((all) =>
        all.map((image) => [image.getAttribute("loading"), image.getAttribute("fetchpriority")])
      );
      // The newest post, the 45th, has no picture, so that of the next one is in view.
      assert.deepEqual(images[0], ["eager", "high"]);
      assert.ok(images.slice(1).every(([loading]) => loading === "lazy"));
      await page.goto(`${server.origin}/posts/44`);
      const first = page.getByRole("article").getByRole("img");
      assert.equal(await first.getAttribute("loading"), "eager");
      assert.equal(await first.getAttribute("fetchpriority"), "high");
      await page.close();
    },
  );

  await t.step(
    "10. a time has its absolute time in the title, and the relative one refreshes",
    async () => {
      const page = await world.open("/auth/login");
      await page.clock.install();
      await page.goto(`${server.origin}/posts/44`);
      await hydrated(page);
      const time = page.locator("time").first();
      assert.ok(!Number.isNaN(Date.parse((await time.getAttribute("datetime"))!)));
      assert.match((await time.getAttribute("title"))!, /\d{4}/);
      const before = await time.innerText();
      await page.clock.fastForward("03:00:00");
      assert.notEqual(await time.innerText(), before);
      assert.match(await time.innerText(), /3/);
      await page.close();
    },
  );

  await t.step("12. Back finds a feed that was grown by scrolling where it was left", async () => {
    const page = await world.open("/");
    await hydrated(page);
    const post = page.locator("#post-10");
    while (await post.count() === 0) {
      const articles = await page.locator("article").count();
      await page.locator("article").last().scrollIntoViewIfNeeded();
      await page.waitForFunction((n) => document.querySelectorAll("article").length > n, articles);
    }
    await post.scrollIntoViewIfNeeded();
    const top = (await post.boundingBox())!.y;
    await post.locator("a.post-time").click();
    await page.waitForURL("**/posts/10");
    await page.goBack();
    await page.waitForFunction(
      (wanted) => {
        const found = document.querySelector("#post-10")?.getBoundingClientRect().top;
        return found !== undefined && Math.abs(found - wanted) <= 50;
      },
      top,
    );
    await page.close();
  });

  await t.step(
    "12. and 13. without script the feed has a next link, and at its end says so",
    async () => {
      const page = await world.open("/", { javaScript: false });
      for (let pages = 1; pages < 3; pages++) {
        assert.equal(await page.getByText("all caught up").count(), 0);
        await page.locator('a[rel="next"]').click();
      }
      await page.locator("#post-1").waitFor();
      await page.getByText("You’re all caught up").waitFor();
      assert.equal(await page.locator('a[rel="next"]').count(), 0);
      await page.close();
    },
  );

  for (const javaScript of [true, false]) {
    const how = javaScript ? "with" : "without";
    await t.step(
      `16. a refused form keeps its input and focuses the field, ${how} script`,
      async () => {
        const page = await world.open("/auth/register", { javaScript, anonymous: true });
        const { email, password } = accountOf("cleo");
        await page.getByLabel("Username").fill("Ana");
        await page.getByLabel("E-mail").fill(email);
        await page.getByLabel("Password").fill(password);
        await page.getByRole("button", { name: "Create account" }).click();
        const field = page.getByRole("textbox", { name: "Username" });
        await page.getByText("already taken").waitFor();
        assert.equal(await field.inputValue(), "Ana");
        assert.equal(await page.getByLabel("E-mail").inputValue(), email);
        assert.ok(await page.locator("#field-username:focus").count() === 1);
        assert.match((await accessibleDescription(page, "#field-username"))!, /already taken/);
        await page.close();
      },
    );
  }

  await t.step(
    "16. the composer and the comment form do the same without leaving the page",
    async () => {
      const page = await world.open("/posts/new");
      await hydrated(page);
      await page.getByLabel("Caption").fill("a".repeat(2201));
      await page.getByRole("button", { name: "Share" }).click();
      await page.getByText(/at most 2200/).waitFor();
      assert.equal(await page.locator("#field-content:focus").count(), 1);
      assert.equal((await page.getByLabel("Caption").inputValue()).length, 2201);

      await page.goto(`${server.origin}/posts/1`);
      await hydrated(page);
      await page.getByLabel("Add a comment").fill("   ");
      await page.getByRole("button", { name: "Post", exact: true }).click();
      await page.locator("#comment-error").waitFor();
      assert.equal(await page.locator("#comment-content:focus").count(), 1);
      await page.close();
      dropProblems(world, /status of 422/);
    },
  );

  for (const javaScript of [true, false]) {
    await t.step(
      `17. a double submit makes one post, ${javaScript ? "with" : "without"} script`,
      async () => {
        const count = async () =>
          (await ana.get<{ post_count: number }>("/api/users/2")).body.post_count;
        const before = await count();
        const page = await world.open("/posts/new", { javaScript });
        if (javaScript) await hydrated(page);
        await page.getByLabel("Caption").fill("Once");
        await page.getByRole("button", { name: "Share" }).dblclick();
        await page.waitForURL(/\/posts\/\d+$/);
        await page.goBack();
        await page.getByLabel("Caption").fill("Once");
        assert.equal(await count(), before + 1);
        await page.close();
      },
    );
  }

  await t.step(
    "18. an unfinished post and comment survive a reload, a finished one does not",
    async () => {
      const page = await world.open("/posts/new");
      await hydrated(page);
      await page.getByLabel("Caption").fill("Half a thought");
      await page.reload();
      await hydrated(page);
      assert.equal(await page.getByLabel("Caption").inputValue(), "Half a thought");
      await page.getByRole("button", { name: "Share" }).click();
      await page.waitForURL(/\/posts\/\d+$/);
      await hydrated(page);
      await page.getByLabel("Add a comment").fill("Half a word");
      await page.reload();
      await hydrated(page);
      assert.equal(await page.getByLabel("Add a comment").inputValue(), "Half a word");
      await page.goto(`${server.origin}/posts/new`);
      await hydrated(page);
      assert.equal(await page.getByLabel("Caption").inputValue(), "");
      await page.close();
    },
  );

  await t.step("21. reduced motion stops every animation", async () => {
    for (const path of ["/", "/posts/44"]) {
      const page = await world.open(path, { reducedMotion: "reduce" });
      await hydrated(page);
      await newest(page).getByRole("button", { name: "Like" }).click();
      const moving = await page.evaluate(() =>
        document.getAnimations().filter((animation) =>
          Number(animation.effect?.getComputedTiming().activeDuration) > 10
        ).length
      );
      assert.equal(moving, 0, path);
      await page.close();
    }
  });

  await t.step(
    "21. dark mode follows the system, from the first paint and without script",
    async () => {
      const brightness = async (colorScheme: "light" | "dark") => {
        const page = await world.open("/users/me", { colorScheme, javaScript: false });
        const { channels } = await sharp(await page.screenshot()).greyscale().stats();
        await page.close();
        return channels[0]!.mean;
      };
      assert.ok(await brightness("light") > 200);
      assert.ok(await brightness("dark") < 60);
      // No style waits for a script, so there is nothing that could flash.
      const html = await fetch(server.origin).then((response) => response.text());
      assert.match(html, /<meta name="color-scheme" content="light dark"/);
      assert.match(html.slice(0, html.indexOf("</head>")), /<link rel="stylesheet"/);
    },
  );

  const visits = [
    ...MEMBER_PAGES.map((path) => ({ path, anonymous: false })),
    ...PUBLIC_PAGES.map((path) => ({ path, anonymous: true })),
  ];
  for (const { path, anonymous } of visits) {
    const who = anonymous ? "a stranger" : "a member";
    await t.step(
      `22. axe finds nothing on ${path} for ${who}, and it fits every screen`,
      async () => {
        const page = await world.open(path, { anonymous, reducedMotion: "reduce" });
        await hydrated(page);
        await assertAccessible(page);
        await assertFits(page);
        await page.close();
      },
    );
  }

  await t.step("22. axe finds nothing on a form that was refused", async () => {
    const page = await world.open("/auth/register", { anonymous: true, reducedMotion: "reduce" });
    await page.getByLabel("Username").fill("ana");
    await page.getByLabel("E-mail").fill("cleo@example.org");
    await page.getByLabel("Password").fill("film and light");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("already taken").waitFor();
    await assertAccessible(page);
    await page.close();
  });

  await t.step(
    "22. at 200% a page can be used: every control is within the window's width",
    async () => {
      for (const path of ["/", `/posts/${POSTS}`, "/users/me"]) {
        // Zooming in halves the window, measured in CSS pixels.
        const page = await world.open(path, { viewport: { width: 640, height: 400 } });
        const outside = await page.locator(
          "a:visible, button:visible, input:visible, textarea:visible",
        )
          .evaluateAll((all) =>
            all.filter((element) => {
              const { left, right, width } = element.getBoundingClientRect();
              const isSkipLink = element.classList.contains("skip-link");
              return width > 0 && !isSkipLink && (left < 0 || right > innerWidth);
            }).map(({ outerHTML }) => outerHTML)
          );
        assert.deepEqual(outside, [], path);
        await page.close();
      }
    },
  );

  for (const path of ["/docs", "/redoc"]) {
    await t.step(`${path} works under the policy`, async () => {
      const page = await world.open(path, { anonymous: true, viewport: DESK });
      await page.getByText("/api/auth/register").or(page.getByRole("heading", { name: "Register" }))
        .first().waitFor();
      await page.close();
    });
  }

  await t.step("no page logged an error or broke the policy", () => {
    dropProblems(world, /status of 4\d\d/);
    assert.deepEqual(world.problems, []);
  });
});

/** Forgets problems that a step made on purpose. */
function dropProblems({ problems }: World, expected: RegExp): void {
  const others = problems.filter((problem) => !expected.test(problem));
  problems.splice(0, problems.length, ...others);
}

/** What a screen reader says after a control's name. */
const accessibleDescription = (page: Page, selector: string): Promise<string | null> =>
  page.locator(selector).evaluate((control) =>
    (control.getAttribute("aria-describedby") ?? "").split(" ")
      .map((id) => document.getElementById(id)?.textContent).join(" ")
  );

/** The sum of unexpected layout shifts since the page was opened. */
const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(() =>
    new Promise<number>((resolve) => {
      type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
      const observer = new PerformanceObserver((list) => {
        const shifts = list.getEntries() as Shift[];
        resolve(
          shifts.reduce((sum, { value, hadRecentInput }) => hadRecentInput ? sum : sum + value, 0),
        );
      });
      observer.observe({ type: "layout-shift", buffered: true });
      setTimeout(() => resolve(0), 200);
    })
  );

/** Tabs through the page once; each stop is to be seen, and none left out. */
async function assertTabReachesAll(page: Page): Promise<void> {
  const controls = await page.locator(
    'a[href]:visible, button:visible, input:not([type="hidden"]):visible, textarea:visible, summary:visible',
  ).evaluateAll((all) => {
    all.forEach((element, index) => element.setAttribute("data-control", String(index)));
    return all.length;
  });
  const reached: number[] = [];
  for (let i = 0; i < controls; i++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const shownBy = element.matches(":focus-visible")
        ? [element, ...element.querySelectorAll("*"), element.parentElement!]
        : [];
      const isSeen = shownBy.some((one) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
      });
      return { control: element.dataset.control, html: element.outerHTML.slice(0, 120), isSeen };
    });
    if (i === 0) assert.match(stop.html, /skip-link/);
    assert.ok(stop.isSeen, `The focus is not visible on ${stop.html}`);
    reached.push(Number(stop.control));
  }
  assert.equal(new Set(reached).size, controls, "Tab left controls out");
}
