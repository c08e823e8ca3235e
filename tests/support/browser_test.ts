import assert from "node:assert/strict";
import { launchBrowser, newPage } from "./browser.ts";

Deno.test("launchBrowser starts a Chromium that runs scripts", async () => {
  await using browser = await launchBrowser();
  const page = await newPage(browser);
  await page.setContent(
    "<p>still</p><script>document.querySelector('p').textContent = 'live'</script>",
  );
  assert.equal(await page.textContent("p"), "live");
});

Deno.test("launchBrowser works with the libraries of the package alone", async () => {
  await using browser = await launchBrowser({ libraries: "bundled" });
  const page = await newPage(browser);
  await page.setContent("<h1>Hello</h1>");
  assert.equal(await page.textContent("h1"), "Hello");
});

Deno.test("newPage gives the visitor that a test asks for", async () => {
  await using browser = await launchBrowser();
  const page = await newPage(browser, {
    javaScript: false,
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    reducedMotion: "reduce",
  });
  await page.setContent("<noscript>No script here</noscript>");
  assert.equal(await page.innerText("body"), "No script here");

  const matches = (query: string) => page.evaluate((q) => matchMedia(q).matches, query);
  assert.equal(await matches("(width: 390px)"), true);
  assert.equal(await matches("(prefers-color-scheme: dark)"), true);
  assert.equal(await matches("(prefers-reduced-motion: reduce)"), true);
});

Deno.test("a page cannot reach beyond this machine, but reaches a server on it", async () => {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response("here"),
  );
  await using browser = await launchBrowser();
  const page = await newPage(browser);
  await page.goto(`http://127.0.0.1:${server.addr.port}/`);
  assert.equal(await page.innerText("body"), "here");
  await assert.rejects(page.goto("http://example.com/"), /ERR_NAME_NOT_RESOLVED/);
  await browser.close();
  await server.shutdown();
});
