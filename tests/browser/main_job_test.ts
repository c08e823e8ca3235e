/** What people come for, from an empty server to a like and a comment, in a real browser. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { launchBrowser, newPage } from "../support/browser.ts";
import { accountOf, api, emailOf, PASSWORD } from "../support/client.ts";
import { onEachEngine } from "../support/engines.ts";
import { eventually } from "../support/eventually.ts";

/** A page at the server, and what went wrong on it. */
interface Visit {
  readonly page: Page;
  readonly problems: string[];
}

onEachEngine("people register, post, follow, like and comment", async (startFilmroll, t) => {
  await using browser = await launchBrowser();

  for (const javaScript of [true, false]) {
    await t.step(javaScript ? "with JavaScript" : "without JavaScript", async (t) => {
      await using server = await startFilmroll();

      async function visit(): Promise<Visit> {
        const page = await newPage(browser, { javaScript });
        const problems: string[] = [];
        page.on("pageerror", (error) => problems.push(error.message));
        page.on("console", (message) => {
          if (message.type() === "error") problems.push(message.text());
        });
        page.setDefaultTimeout(10_000);
        await page.goto(server.origin);
        return { page, problems };
      }

      const [ana, ben] = await Promise.all([visit(), visit()]);

      await t.step("Ana registers from the landing page", async () => {
        await ana.page.getByRole("link", { name: "Create an account" }).click();
        const { username, email, password } = accountOf("ana");
        await ana.page.getByLabel("Username").fill(username);
        await ana.page.getByLabel("E-mail").fill(email);
        await ana.page.getByLabel("Password").fill(password);
        await ana.page.getByLabel("Full name").fill("Ana Lima");
        await ana.page.getByRole("button", { name: "Create account" }).click();
        await ana.page.getByRole("heading", { name: "Nothing developed yet" }).waitFor();
      });

      await t.step("she logs out and in again", async () => {
        await ana.page.getByRole("banner").getByRole("button", { name: "Log out" }).click();
        await ana.page.getByRole("banner").getByRole("link", { name: "Log in" }).click();
        await ana.page.getByLabel("E-mail").fill(emailOf("ana"));
        await ana.page.getByLabel("Password").fill(PASSWORD);
        await ana.page.getByRole("button", { name: "Log in" }).click();
        await ana.page.getByRole("link", { name: "Take the first picture" }).waitFor();
      });

      await t.step("she posts with hashtags, and sees the post with links", async () => {
        await ana.page.getByRole("link", { name: "Take the first picture" }).click();
        await ana.page.getByLabel("Caption").fill("Low tide #Sea #morning");
        await ana.page.getByRole("button", { name: "Share" }).click();
        await ana.page.waitForURL(`${server.origin}/posts/1`);
        const tag = ana.page.getByRole("link", { name: "#Sea" });
        assert.equal(await tag.getAttribute("href"), "/search/posts/hashtag/sea");
      });

      await t.step("Ben registers, and follows her on her profile", async () => {
        await ben.page.goto(`${server.origin}/auth/register`);
        const { username, email, password } = accountOf("ben");
        await ben.page.getByLabel("Username").fill(username);
        await ben.page.getByLabel("E-mail").fill(email);
        await ben.page.getByLabel("Password").fill(password);
        await ben.page.getByRole("button", { name: "Create account" }).click();
        await ben.page.getByRole("heading", { name: "Nothing developed yet" }).waitFor();
        await ben.page.goto(`${server.origin}/@ana`);
        await ben.page.getByRole("button", { name: "Follow @ana" }).click();
        await ben.page.getByRole("button", { name: "Following @ana", pressed: true }).waitFor();
      });

      await t.step("he sees her post in his feed, likes it and says so", async () => {
        await ben.page.getByRole("link", { name: "Home" }).click();
        const post = ben.page.getByRole("article", { name: "Ana Lima" });
        await post.getByText("Low tide").waitFor();
        await post.getByRole("button", { name: "Like" }).click();
        await post.getByRole("button", { name: "Like", pressed: true }).waitFor();
        await post.getByRole("link", { name: "Comment" }).click();
        await ben.page.getByLabel("Add a comment").fill("Cold? #brr");
        await ben.page.getByRole("button", { name: "Post", exact: true }).click();
        await ben.page.getByRole("listitem").getByText("Cold?").waitFor();
      });

      await t.step("she finds his like and his comment, and his following", async () => {
        await ana.page.goto(`${server.origin}/posts/1`);
        await ana.page.getByRole("heading", { name: "1 comment" }).waitFor();
        await ana.page.getByRole("listitem").getByText("Cold?").waitFor();
        const like = ana.page.getByRole("button", { name: "Like" });
        assert.equal((await like.innerText()).replace(/\s+/g, " "), "Like 1");
        await ana.page.getByRole("link", { name: "Profile" }).click();
        await ana.page.getByRole("link", { name: "1 follower" }).click();
        await ana.page.getByRole("link", { name: "@ben" }).waitFor();
      });

      await t.step("he takes all of it back", async () => {
        await ben.page.goto(`${server.origin}/posts/1`);
        await ben.page.getByRole("button", { name: "Like", pressed: true }).click();
        await ben.page.getByRole("button", { name: "Like", pressed: false }).waitFor();
        await ben.page.getByRole("button", { name: "Delete comment" }).click();
        await ben.page.getByText("Nobody has said anything yet.").waitFor();
        await ben.page.goto(`${server.origin}/@ana`);
        await ben.page.getByRole("button", { name: "Following @ana" }).click();
        await ben.page.getByRole("button", { name: "Follow @ana", pressed: false }).waitFor();
      });

      await t.step(
        "she deletes the post, which is final when the time to undo is over",
        async () => {
          await ana.page.goto(`${server.origin}/posts/1`);
          await ana.page.getByRole("button", { name: "Options" }).click();
          await ana.page.getByRole("button", { name: "Delete post" }).click();
          await ana.page.waitForURL(`${server.origin}/`);
          await ana.page.goto(`${server.origin}/@ana`);
          await eventually("the post to be gone", async () => {
            const { status } = await api(server.origin).get("/api/posts/1");
            return status === 404;
          });
          const answer = await ana.page.goto(`${server.origin}/posts/1`);
          assert.equal(answer?.status(), 404);
        },
      );

      const expected = /status of 404/;
      const problems = [...ana.problems, ...ben.problems].filter((text) => !expected.test(text));
      assert.deepEqual(problems, []);
      await Promise.all([ana.page.close(), ben.page.close()]);
    });
  }
});
