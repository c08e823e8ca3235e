import { notFound } from "../../domain/core/errors.ts";
import type { MediaView } from "../../domain/media/queries.ts";
import { type Ctx, viewerOf } from "../state.ts";

/** A picture that the caller uploaded, or a refusal. */
export async function requireMedia(ctx: Ctx, id: number): Promise<MediaView> {
  const { queries } = ctx.state.filmroll;
  const media = await queries.ask("GetMedia", { id, viewer: viewerOf(ctx)! });
  if (media === null) throw notFound("Picture");
  return media;
}
