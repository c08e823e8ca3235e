/** Builds the islands (`deno task build`), or serves with reloading on change (`deno task dev`). */
import { Builder } from "fresh/dev";

const builder = new Builder();
if (Deno.args.includes("build")) {
  await builder.build();
} else {
  await builder.listen(() => import("./main.ts"), { port: Number(Deno.env.get("PORT") || 8000) });
}
