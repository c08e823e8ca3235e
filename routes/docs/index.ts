import { define } from "../../web/state.ts";
import { vendorPage } from "../../web/vendor.ts";

export const handler = define.handlers({
  GET: () =>
    vendorPage({
      title: "API",
      stylesheets: ["/docs/swagger-ui.css"],
      body: '<div id="swagger-ui"></div>',
      scripts: ["/docs/swagger-ui-bundle.js", "/swagger.js"],
    }),
});
