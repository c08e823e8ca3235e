import { contextOf } from "../core/context.ts";
import { advanceImport, endImport, startImport, stopImport } from "./commands.ts";
import type { ImportEvent } from "./events.ts";
import { importProjection } from "./projection.ts";
import { getLatestImport, getUnfinishedImports } from "./queries.ts";

/** Archives that people bring from elsewhere, and how far they are taken over. */
export const importing = contextOf<ImportEvent>()({
  name: "import",
  streams: {
    ImportStarted: ({ userId }) => `imports-${userId}`,
    ImportAdvanced: ({ userId }) => `imports-${userId}`,
    ImportEnded: ({ userId }) => `imports-${userId}`,
  },
  commands: {
    StartImport: startImport,
    AdvanceImport: advanceImport,
    EndImport: endImport,
    StopImport: stopImport,
  },
  queries: { GetLatestImport: getLatestImport, GetUnfinishedImports: getUnfinishedImports },
  readModel: importProjection,
});
