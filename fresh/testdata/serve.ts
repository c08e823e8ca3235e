import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { launchBrowser, newPage } from "../../tests/support/browser.ts";
import { Builder } from "../dev.ts";
import { app } from "./app/main.ts";

/** The example app on a free port, and a browser to visit it with. */
export interface Visit extends AsyncDisposable {
  readonly browser: Browser;
  readonly origin: string;
  /** Opens a page; what it logs as an error is noted in `errors`. */
  open(path: string, options?: Parameters<typeof newPage>[1]): Promise<Page>;
  readonly errors: string[];
}

/** The folder of the example app. */
export const APP_FOLDER = fileURLToPath(new URL("./app", import.meta.url));

/** Builds the example app in memory, serves it, and starts a browser. */
export async function visitApp(): Promise<Visit> {
  const [apply, browser] = await Promise.all([
    new Builder({ root: APP_FOLDER }).build({ snapshot: "memory" }),
    launchBrowser(),
  ]);
  apply(app);
  const handler = app.handler();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, handler);
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const errors: string[] = [];
  return {
    browser,
    origin,
    errors,
    async open(path, options) {
      const page = await newPage(browser, options);
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(origin + path);
      return page;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.shutdown();
    },
  };
}
