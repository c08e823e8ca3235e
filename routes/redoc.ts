import { define } from "../web/state.ts";
import { vendorPage } from "../web/vendor.ts";

export const handler = define.handlers({
  GET: () =>
    vendorPage({
      title: "API reference",
      body: '<div id="redoc"></div>',
      scripts: ["/docs/redoc.standalone.js", "/redoc.js"],
    }),
});
