import { page } from "fresh";
import type { ProfileView } from "../domain/account/queries.ts";
import { notFound } from "../domain/core/errors.ts";
import { z } from "zod";
import { nextPage, operation } from "./operation.ts";
import { IdText, pageOf, type Post, User, type UserProfile } from "./schemas.ts";
import { type Ctx, viewerOf } from "./state.ts";

/** A person's profile as the caller sees it, or a refusal. */
export async function requireProfile(ctx: Ctx, id: number): Promise<ProfileView> {
  const { queries } = ctx.state.filmroll;
  const profile = await queries.ask("GetUserProfile", { id, viewer: viewerOf(ctx) });
  if (profile === null) throw notFound("User");
  return profile;
}

/** The operation of a list of people around a person, such as their followers. */
export const listOfPeople = (
  { summary, does }: { summary: string; does: "GetUserFollowers" | "GetUserFollowing" },
) =>
  operation({
    summary,
    does,
    params: z.object({ id: IdText }),
    query: pageOf(20),
    answers: [200, z.array(User)],
    async run(ctx, { params: { id }, query }) {
      await requireProfile(ctx, id);
      return await ctx.state.filmroll.queries.ask(does, { id, viewer: viewerOf(ctx), ...query });
    },
    async page(ctx, { params: { id }, query }, people) {
      const profile = await requireProfile(ctx, id);
      return page({ profile, people, older: nextPage(ctx.url, query, people) });
    },
  });

/** What a person's page shows. */
export interface ProfilePageData {
  readonly profile: UserProfile;
  readonly posts: readonly Post[];
  readonly older: string | null;
}

const POSTS = 30;
const PageOfPosts = z.object({ before: IdText.optional().catch(undefined) });

/** A profile with a page of its posts: the first, or that before the id in the address. */
export async function profilePage(ctx: Ctx, profile: ProfileView): Promise<ProfilePageData> {
  const { before } = PageOfPosts.parse(Object.fromEntries(ctx.url.searchParams));
  const page = { limit: POSTS, offset: 0, before };
  const posts = await ctx.state.filmroll.queries.ask("GetUserPosts", {
    id: profile.id,
    viewer: viewerOf(ctx),
    ...page,
  });
  return { profile, posts, older: nextPage(ctx.url, page, posts) };
}
