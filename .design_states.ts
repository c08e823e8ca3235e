import { launchBrowser, newPage } from "./tests/support/browser.ts";
import { emailOf, join, PASSWORD } from "./tests/support/client.ts";
import { startFilmroll } from "./tests/support/server.ts";
import { pic } from "/tmp/design/data.ts";
import { gzipSync } from "node:zlib";
const server = await startFilmroll();
const people = []; for (const n of ["ana","ben.k","cleo_l","dai"]) people.push(await join(server.origin, n));
const [ana, ben, cleo, dai] = people as any;
await ana.put("/api/users/me", { full_name: "Ana Ruiz", bio: "Harbours, mostly. With @ben.k #35mm" });
const texts = ["Low tide, and nobody about. #sea #morning", "Develop slowly.", "We printed forty pictures for the neighbours today. Nobody asked for the files. #print", "The quiet hour between the last tram and the first bus."];
let n = 0; for (let i = 0; i < 28; i++) { const p = people[i % 4]!; await p.post("/api/posts", i % 4 === 1 ? { content: texts[i % 3 + 1] } : { content: texts[i % 4], image_url: `https://pictures.example/${i + 1}.svg` }); n++; }
for (const p of [ben, cleo, dai]) { await ana.post(`/api/follow/${p.id}`); await p.post(`/api/follow/${ana.id}`); for (let i = 20; i <= n; i++) if ((i + p.id) % 2) await p.post(`/api/posts/${i}/likes`); }
for (const [p, c] of [[ben, "Lovely tones. Which film is that?"], [cleo, "🌊"], [ana, "@ben.k the cheap one, pushed a stop"]] as any) await p.post(`/api/posts/27/comments`, { content: c });
await using browser = await launchBrowser();

const page = await newPage(browser, { viewport: { width: 390, height: 844 } });
await page.route(/pictures\.example/, (r) => r.fulfill({ contentType: "image/svg+xml", body: pic(parseInt(r.request().url().replace(/\D/g, "")) || 1) }));
const shot = (n: string) => page.screenshot({ path: `/tmp/design/out/x-${n}.png` });
await page.goto(`${server.origin}/auth/login`); await page.getByLabel("E-mail").fill(emailOf("ana")); await page.getByLabel("Password").fill(PASSWORD); await page.getByRole("button", { name: "Log in" }).click(); await page.getByRole("link", { name: "Home" }).waitFor();
await page.goto(server.origin + "/posts/25"); await page.getByRole("button", { name: "Options" }).click(); await page.waitForTimeout(200); await shot("menu");
await page.keyboard.press("Escape"); await page.locator(".picture").dblclick(); await page.waitForTimeout(350); await shot("burst");
await page.goto(server.origin + "/posts/27"); await page.getByLabel("Add a comment").fill("Two lines of a comment that I am writing here, and it grows as I type along the way"); await page.locator(".comment").last().scrollIntoViewIfNeeded(); await shot("comments");
await page.context().setOffline(true); await page.getByRole("button", { name: "Post", exact: true }).click(); await page.waitForTimeout(400); await shot("toast"); await page.context().setOffline(false);
await page.goto(server.origin + "/"); while (!await page.getByText("all caught up").count()) await page.mouse.wheel(0, 3000); await page.getByText("all caught up").scrollIntoViewIfNeeded(); await page.waitForTimeout(300); await shot("end");
await page.setViewportSize({ width: 768, height: 900 }); await page.goto(server.origin + "/@ana"); await page.waitForLoadState("networkidle"); await page.keyboard.press("Tab"); await page.locator(".tile").first().hover(); await page.waitForTimeout(300); await shot("768");
await page.setViewportSize({ width: 2560, height: 1300 }); await page.goto(server.origin + "/"); await page.waitForLoadState("networkidle"); await page.keyboard.press("Tab"); await page.keyboard.press("Tab"); await page.keyboard.press("Tab"); await shot("2560");
await page.setViewportSize({ width: 320, height: 844 }); await page.context().clearCookies(); await page.goto(server.origin + "/auth/register"); await page.getByLabel("Username").fill("a!"); await page.getByLabel("E-mail").fill("x@example.com"); await page.getByLabel("Password").fill("film and light"); await page.getByRole("button", { name: "Create account" }).click(); await page.locator("#field-username-error").waitFor(); await shot("320");
await page.close(); await server.stop();
