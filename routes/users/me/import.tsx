import { page } from "fresh";
import { notFound } from "../../../domain/core/errors.ts";
import type { ImportView } from "../../../domain/import/queries.ts";
import { LARGEST_ARCHIVE } from "../../../web/archive/importer.ts";
import { ArchiveRefused } from "../../../web/archive/zip_file.ts";
import { fileTooLarge } from "../../../web/multipart.ts";
import { blankForm, endpoint, operation } from "../../../web/operation.ts";
import { InvalidInput } from "../../../web/problem.ts";
import { Import } from "../../../web/schemas.ts";
import { type Ctx, define } from "../../../web/state.ts";
import ImportPage, { type ImportPageData } from "../(_components)/ImportPage.tsx";

const FIELD = "file";

const latestImport = ({ state: { caller, filmroll } }: Ctx): Promise<ImportView | null> =>
  filmroll.queries.ask("GetLatestImport", { userId: caller!.id });

async function requireImport(ctx: Ctx): Promise<ImportView> {
  const found = await latestImport(ctx);
  if (found === null) throw notFound("Import");
  return found;
}

const refused = (message: string) => new InvalidInput([{ path: FIELD, message }]);

export const handler = endpoint<ImportPageData>({
  GET: operation({
    summary: "The import that one began last, and how far it is",
    does: "GetLatestImport",
    auth: "required",
    answers: [200, Import],
    run: latestImport,
    json: requireImport,
    page: (_, __, latest) => page({ latest, form: blankForm }),
  }),
  POST: operation({
    summary: "Take over an archive of another Filmroll, or of Instagram",
    does: "StartImport",
    auth: "required",
    file: FIELD,
    fileBytes: LARGEST_ARCHIVE,
    fileAllowance: "import",
    answers: [201, Import],
    async run({ state: { importer } }, { file: { path, sha256 }, caller, sender }) {
      if (sha256 === null) throw refused(fileTooLarge(LARGEST_ARCHIVE));
      try {
        return await importer.take(path, caller.id, sender.commandId);
      } catch (error) {
        throw error instanceof ArchiveRefused ? refused(error.message) : error;
      }
    },
    json: requireImport,
    seeOther: () => "/users/me/import",
    formAgain: async (ctx, form) => ({ latest: await latestImport(ctx), form }),
  }),
  DELETE: operation({
    summary: "Leave an import at what was taken over by now",
    does: "StopImport",
    auth: "required",
    answers: [204, null],
    run: ({ state: { filmroll } }, { caller, sender }) =>
      filmroll.commands.execute("StopImport", { by: caller.id }, sender),
    seeOther: () => "/users/me/import",
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => (
  <ImportPage {...data} state={state} url={url} />
));
