import assert from "node:assert/strict";
import { noticeCookie, readNotice } from "./notices.ts";

const carrying = (cookie: string) => readNotice(new Headers({ cookie }));

Deno.test("a notice is read from the cookie that carries it, among others", () => {
  const [pair] = noticeCookie("post-deleted").split(";");
  assert.equal(carrying(`filmroll=secret; ${pair}`), "Post deleted");
});

Deno.test("a notice can be nothing but one of ours", () => {
  for (const name of ["Send%20money", "", "toString", "__proto__", "post-deleted2"]) {
    assert.equal(carrying(`filmroll-notice=${name}`), null);
  }
  assert.equal(readNotice(new Headers()), null);
});

Deno.test("a notice that was shown is forgotten", () => {
  assert.match(noticeCookie(null), /^filmroll-notice=; .*Max-Age=0/);
});
