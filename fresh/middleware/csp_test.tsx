import assert from "node:assert/strict";
import { App } from "../app.ts";
import { HttpError } from "../error.ts";
import { sender } from "../test_support.ts";
import { csp, type CSPOptions } from "./csp.ts";

async function request(options: CSPOptions, path = "/"): Promise<[string, Headers]> {
  const app = new App<unknown>()
    .onError("*", { component: () => <style>p {"{}"}</style> })
    .use(csp(options))
    .get("/", (ctx) => ctx.render(<script>let a;</script>))
    .get("/plain", (ctx) => ctx.render(<p>plain</p>))
    .get("/fail", () => {
      throw new HttpError(403);
    });
  const response = await sender(app)(path);
  return [await response.text(), response.headers];
}

const POLICY = "content-security-policy";

Deno.test("csp sets a policy by default", async () => {
  const [, headers] = await request({});
  assert.match(headers.get(POLICY)!, /^default-src 'self'; script-src 'self' 'unsafe-inline'; /);
});

Deno.test("csp puts own directives in place of the defaults of their names", async () => {
  const [, headers] = await request({
    csp: ["img-src 'self' https:", "manifest-src 'self'"],
  });
  const directives = headers.get(POLICY)!.split("; ");
  assert.equal(directives.filter((directive) => directive.startsWith("img-src")).length, 1);
  assert.ok(directives.includes("img-src 'self' https:"));
  assert.ok(directives.includes("manifest-src 'self'"));
});

Deno.test("csp reports where it is told to", async () => {
  const [, headers] = await request({ reportOnly: true, reportTo: "/reports" });
  assert.equal(headers.get(POLICY), null);
  assert.match(
    headers.get(`${POLICY}-report-only`)!,
    /; report-to csp-endpoint; report-uri \/reports$/,
  );
  assert.equal(headers.get("reporting-endpoints"), 'csp-endpoint="/reports"');
});

Deno.test("csp allows a page's inline scripts by the nonce that they carry", async () => {
  const [html, headers] = await request({ useNonce: true });
  const nonce = /<script nonce="([^"]+)"/.exec(html)![1]!;
  assert.ok(headers.get(POLICY)!.includes(`script-src 'self' 'nonce-${nonce}'; style-src`));
  assert.ok(!headers.get(POLICY)!.includes("unsafe-inline"));
});

Deno.test("csp allows nothing inline on a page that has nothing inline", async () => {
  const [, headers] = await request({ useNonce: true }, "/plain");
  assert.ok(headers.get(POLICY)!.includes("script-src 'self'; style-src 'self';"));
});

Deno.test("csp covers error pages, with their own nonce", async () => {
  const [html, headers] = await request({ useNonce: true }, "/fail");
  const nonce = /<style nonce="([^"]+)"/.exec(html)![1]!;
  assert.ok(headers.get(POLICY)!.includes(`'nonce-${nonce}'`));
});
