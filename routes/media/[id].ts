import { z } from "zod";
import { requireMedia } from "../../web/media/media.ts";
import { endpoint, operation } from "../../web/operation.ts";
import { IdText, Media, MediaUpdate } from "../../web/schemas.ts";

const params = z.object({ id: IdText });

export const handler = endpoint({
  GET: operation({
    summary: "A picture that one has uploaded",
    does: "GetMedia",
    auth: "required",
    params,
    answers: [200, Media],
    run: (ctx, { params: { id } }) => requireMedia(ctx, id),
    seeOther: (_, { url }) => url,
  }),
  PUT: operation({
    summary: "Say what a picture shows",
    does: "DescribeMedia",
    auth: "required",
    params,
    body: MediaUpdate,
    answers: [200, Media],
    run: ({ state: { filmroll } }, { params: { id }, body: { alt }, caller, sender }) =>
      filmroll.commands.execute("DescribeMedia", { by: caller.id, mediaId: id, alt }, sender),
    json: (ctx, { params: { id } }) => requireMedia(ctx, id),
  }),
  DELETE: operation({
    summary: "Take back a picture that is not shown anywhere",
    does: "DiscardMedia",
    auth: "required",
    params,
    answers: [204, null],
    run: ({ state: { filmroll } }, { params: { id }, caller, sender }) =>
      filmroll.commands.execute("DiscardMedia", { by: caller.id, mediaId: id }, sender),
  }),
});
