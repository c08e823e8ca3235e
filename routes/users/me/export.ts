import { exportArchive } from "../../../web/archive/export.ts";
import { errorFacts, log } from "../../../web/log.ts";
import { LoginRequired } from "../../../web/problem.ts";
import { define } from "../../../web/state.ts";

/** All that is the caller's, as a zip (docs/export.md). */
export const handler = define.handlers({
  async GET({ req, state: { caller, clock, faults, filmroll, limiter, pictures, publicUrl } }) {
    if (caller === null) throw new LoginRequired();
    const now = clock();
    const headers = {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="filmroll-${caller.username}-${
        now.toISOString().slice(0, 10)
      }.zip"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    };
    if (req.method === "HEAD") return new Response(null, { headers });
    await limiter.take("export", caller.id);
    const { queries } = filmroll;
    const archive = exportArchive({
      userId: caller.id,
      queries,
      pictures,
      now,
      origin: publicUrl,
      onError: (error) => faults.met(error) || log("error", "An export failed", errorFacts(error)),
    });
    return new Response(archive, { headers });
  },
});
