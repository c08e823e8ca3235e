import { App, staticFiles } from "fresh";

export const app = new App()
  .use(async (ctx) => {
    const response = await ctx.next();
    // No inline script or style may be needed.
    response.headers.set("content-security-policy", "default-src 'self'");
    return response;
  })
  .use(staticFiles())
  .fsRoutes();
