import { define } from "../../web/state.ts";
import { vendorPage } from "../../web/vendor.ts";

export const handler = define.handlers({
  GET: () =>
    vendorPage({
      title: "Authorization",
      body: "<p>You can close this window.</p>",
      scripts: ["/docs/oauth2-redirect.js"],
    }),
});
