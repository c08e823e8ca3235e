/** A page at one node of two: it hears what is done on the other, and asks for nothing older. */
import assert from "node:assert/strict";
import { startPostgres } from "../../domain/event_store/postgres/testing.ts";
import { launchBrowser, newPage } from "../support/browser.ts";
import { emailOf, join, PASSWORD } from "../support/client.ts";
import { startFilmroll } from "../support/server.ts";

Deno.test("a page that hears of another node's post asks for nothing from before it", async () => {
  await using postgres = await startPostgres();
  const databaseUrl = await postgres.createDatabase();
  await using here = await startFilmroll({ databaseUrl });
  await using there = await startFilmroll({ databaseUrl });
  await using browser = await launchBrowser();
  const ana = await join(here.origin, "ana");
  const ben = await join(there.origin, "ben");
  await ana.post(`/api/follow/${ben.id}`);

  const page = await newPage(browser, {});
  page.setDefaultTimeout(10_000);
  const position = async () =>
    Number(
      (await page.context().cookies()).find(({ name }) => name === "filmroll-position")?.value,
    );
  await page.goto(`${here.origin}/auth/login`);
  await page.getByLabel("E-mail").fill(emailOf("ana"));
  await page.getByLabel("Password").fill(PASSWORD);
  const listening = page.waitForResponse((response) => response.url().includes("/live?"));
  await page.getByRole("button", { name: "Log in" }).click();
  await listening;
  const loggedIn = await position();
  assert(loggedIn > 0);

  const { headers } = await ben.post("/api/posts", { content: "Low tide" });
  const posted = Number(headers.get("filmroll-position"));
  assert(posted > loggedIn);
  await page.getByRole("link", { name: "1 new post" }).waitFor();
  assert(await position() >= posted);
  await page.getByRole("link", { name: "1 new post" }).click();
  await page.getByText("Low tide").waitFor();
});
