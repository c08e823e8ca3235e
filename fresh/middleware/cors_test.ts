import assert from "node:assert/strict";
import { App } from "../app.ts";
import { HttpError } from "../error.ts";
import { sender } from "../test_support.ts";
import { cors, type CORSOptions } from "./cors.ts";

function request(
  options: CORSOptions<unknown> | undefined,
  init: RequestInit = {},
  path = "/",
): Promise<Response> {
  const app = new App<unknown>()
    .use(cors(options))
    .get("/", () => new Response("ok", { headers: { vary: "Accept" } }))
    .get("/fail", () => {
      throw new HttpError(401);
    })
    .get("/away", () => Response.redirect("http://localhost/"));
  return sender(app)(path, init);
}

const origin = "https://app.example.com";

Deno.test("cors allows every origin by default", async () => {
  const { headers } = await request(undefined, { headers: { origin } });
  assert.equal(headers.get("access-control-allow-origin"), "*");
  assert.equal(headers.get("vary"), "Accept");
});

Deno.test("cors allows only the origins that it is told, and says that the answer varies", async () => {
  for (const allowed of [origin, [origin], (asked: string) => asked === origin ? asked : null]) {
    const known = await request({ origin: allowed }, { headers: { origin } });
    assert.equal(known.headers.get("access-control-allow-origin"), origin);
    assert.equal(known.headers.get("vary"), "Accept, Origin");
    const other = await request({ origin: allowed }, {
      headers: { origin: "https://evil.com" },
    });
    assert.equal(other.headers.get("access-control-allow-origin"), null);
    assert.equal(other.headers.get("vary"), "Accept, Origin");
  }
});

Deno.test("cors answers preflight requests", async () => {
  const { status, headers } = await request(
    { origin, credentials: true, maxAge: 600, exposeHeaders: ["Link"] },
    {
      method: "OPTIONS",
      headers: { origin, "access-control-request-headers": "X-A, X-B" },
    },
  );
  assert.equal(status, 204);
  assert.equal(headers.get("access-control-allow-methods"), "GET,HEAD,PUT,POST,DELETE,PATCH");
  assert.equal(headers.get("access-control-allow-headers"), "X-A, X-B");
  assert.equal(headers.get("access-control-allow-credentials"), "true");
  assert.equal(headers.get("access-control-max-age"), "600");
  assert.equal(headers.get("vary"), "Origin, Access-Control-Request-Headers");
});

Deno.test("cors lets other origins read errors and redirects", async () => {
  for (const path of ["/fail", "/away", "/nowhere"]) {
    const { headers } = await request(undefined, { redirect: "manual" }, path);
    assert.equal(headers.get("access-control-allow-origin"), "*");
  }
});
