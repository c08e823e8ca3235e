import { requireMedia } from "../../web/media/media.ts";
import { endpoint, operation } from "../../web/operation.ts";
import { keepPicture } from "../../web/media/photos.ts";
import { Media, MediaCreate } from "../../web/schemas.ts";

export const handler = endpoint({
  POST: operation({
    summary: "Upload a picture, to be shown within 24 hours",
    does: "UploadMedia",
    auth: "required",
    file: "file",
    body: MediaCreate,
    answers: [201, Media],
    async run(ctx, { file, body: { alt, shape }, sender }) {
      const square = shape === "square";
      return await requireMedia(ctx, await keepPicture(ctx, "file", file, { alt, square }, sender));
    },
  }),
});
