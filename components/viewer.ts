import type { User } from "../web/schemas.ts";

/** Who looks at the page; null stands for somebody who is not logged in. */
export type Viewer = Pick<User, "id" | "username" | "full_name" | "profile_image_url">;
