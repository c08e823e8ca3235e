/** Filmroll: configuration → store → buses → app → listen. */
import { followRebuild } from "./cli/support/progress.ts";
import { readConfig } from "./fresh.config.ts";
import { createApp } from "./web/app.ts";
import { orExit } from "./web/exit.ts";
import { setLogLevel } from "./web/log.ts";
import { serve } from "./web/serve.ts";
import { openServices } from "./web/services.ts";

const config = await orExit(() => readConfig((name) => Deno.env.get(name)));
setLogLevel(config.logLevel);
const open = await orExit(() => openServices(config, { onRebuild: followRebuild() }));

export const app = createApp({ services: open.services, trustProxy: config.trustProxy });

if (import.meta.main) await serve(app, open, config);
