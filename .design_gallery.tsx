import { renderToString } from "preact-render-to-string";
import playwright from "playwright-core";
import chromium from "@sparticuz/chromium";
import * as esbuild from "esbuild";
import { pages } from "./.design_pages.tsx";
import { comment, pic, post } from "/tmp/design/data.ts";
const only = Deno.args[0]?.split(",") ?? Object.keys(pages);
const variants = (Deno.args[1] ?? "390l,390d,1280l,1280d").split(",");
const doc = (name: string) => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"><title>${name}</title><link rel="stylesheet" href="/styles.css"><link rel="icon" href="/favicon.svg"></head><body>${renderToString(pages[name]!())}</body></html>`;
const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (req) => {
  const path = new URL(req.url).pathname;
  if (path.startsWith("/pic/") || path.startsWith("/media/")) return new Response(pic(parseInt(path.replace(/\D/g, "")) || 1), { headers: { "content-type": "image/svg+xml" } });
  if (pages[path.slice(1)]) return new Response(doc(path.slice(1)), { headers: { "content-type": "text/html", "content-security-policy": "default-src 'self'; style-src 'self'; img-src 'self'" } });
  try { const b = await Deno.readFile("/work/main/static" + path); return new Response(b, { headers: { "content-type": path.endsWith("css") ? "text/css" : "image/svg+xml" } }); } catch { return new Response("no", { status: 404 }); }
});
const base = `http://127.0.0.1:${server.addr.port}`;
const browser = await playwright.chromium.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true });
const axe = await Deno.readTextFile("node_modules/axe-core/axe.min.js");
for (const v of variants) {
  const width = parseInt(v), dark = v.endsWith("d");
  const ctx = await browser.newContext({ viewport: { width, height: width < 700 ? 844 : 800 }, colorScheme: dark ? "dark" : "light", bypassCSP: true });
  const page = await ctx.newPage();
  page.on("console", (m) => m.type() === "error" && console.log(v, m.text()));
  for (const name of only) {
    await page.goto(`${base}/${name}`); await page.waitForLoadState("networkidle");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overflow > 0) console.log(`${v} ${name}: overflows by ${overflow}`);
    await page.screenshot({ path: `/tmp/design/out/${name}-${v}.png`, fullPage: Deno.args[2] === "full" });
    if (Deno.args[3] !== "noaxe") { await page.evaluate(axe); const r: any = await page.evaluate(() => (globalThis as any).axe.run({ runOnly: ["wcag2a","wcag2aa","wcag21aa","wcag22aa","best-practice"] }));
    for (const x of r.violations) console.log(v, name, x.id, x.nodes.slice(0, 3).map((n: any) => n.target.join(" ") + " " + (n.any[0]?.message ?? "")).join(" | ")); }
  }
  await ctx.close();
}
await browser.close(); await server.shutdown(); 
