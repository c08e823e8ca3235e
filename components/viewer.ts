import type { User } from "../web/schemas.ts";

/** Who looks at the page; null stands for somebody who is not logged in. */
export type Viewer = Pick<User, "id" | "username" | "full_name" | "profile_image_url">;

/** A viewer and nothing else of what the server knows: an island's props are there for all to read. */
export const viewerOnly = ({ id, username, full_name, profile_image_url }: Viewer): Viewer => ({
  id,
  username,
  full_name,
  profile_image_url,
});
