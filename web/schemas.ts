/**
 * The bodies of the HTTP contract, each written once: zod validates what comes in, TypeScript types
 * what goes out, and the OpenAPI document is generated from the same schemas.
 */
import { z } from "zod";
import { LIMITS } from "../media/limits.ts";

const MAX_INTEGER_ID = Number.MAX_SAFE_INTEGER;
const COMMON_URL_LENGTH = 2048;

/** A path of this server's own media, or an absolute http(s) URL; nothing else can be a picture. */
const OWN_MEDIA = /^\/media\/[\w.-]+(?:\/[\w.-]+)*$/;

function isPictureUrl(text: string): boolean {
  if (OWN_MEDIA.test(text)) return !text.includes("..");
  if (!/^https?:\/\/[^\s\\\p{Cc}\p{Cs}]+$/iu.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === "" && password === "";
}

/** Counted as people count: by code point, so that an emoji is one character. */
const characters = (text: string): number => [...text].length;

const text = (maximum: number) =>
  z.string()
    .refine((value) => characters(value) <= maximum, `Must be at most ${maximum} characters`)
    .refine((value) => !value.includes("\0"), "Must not contain a NUL character")
    .refine((value) => value.isWellFormed(), "Must be well-formed Unicode");

const isBlank = (value: unknown): boolean => typeof value === "string" && value.trim() === "";

/** A blank form field means "left out"; programs may send null for the same. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => isBlank(value) || value === null ? undefined : value,
    schema.optional(),
  );

/** In an update, a blank field or null clears what was there; a field left out keeps it. */
const clearable = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => isBlank(value) ? null : value, schema.nullable().optional());

export const Id = z.int().min(1).max(MAX_INTEGER_ID).describe("A positive integer");

/** A form's digits as the id they are. */
const FormId = z.preprocess(
  (value) => typeof value === "string" && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : value,
  Id,
);

/** An id in a path or query string, where everything is text. */
export const IdText = z.string().regex(/^[1-9]\d{0,15}$/, "Must be a positive integer")
  .transform(Number)
  .pipe(Id);

const wholeNumber = (minimum: number, maximum: number, ifMissing: number) =>
  z.string().regex(/^\d{1,15}$/, "Must be a whole number").transform(Number)
    .pipe(
      z.int().min(minimum, `Must be at least ${minimum}`).max(
        maximum,
        `Must be at most ${maximum}`,
      ),
    ).default(ifMissing);

/** The query string of every list: at most 100 a page; `before=<id>` costs the same on any page. */
export const pageOf = (limit: number) =>
  z.object({
    limit: wholeNumber(1, 100, limit),
    offset: wholeNumber(0, Number.MAX_SAFE_INTEGER, 0),
    before: IdText.optional(),
  });

/** A page of what is found; `q` may be anything, and nothing is found by what has no letter or digit. */
export const searchOf = (limit: number) => pageOf(limit).extend({ q: z.string().default("") });

const Time = z.iso.datetime({ offset: true }).describe("ISO 8601, UTC");

export const PictureUrl = z.string().trim().max(COMMON_URL_LENGTH)
  .refine(isPictureUrl, "Must be an http(s) URL or a path of this server's media")
  .describe("An http(s) URL or a path of this server's media");

export const Username = z.string()
  .min(3, "Must be at least 3 characters")
  .max(30, "Must be at most 30 characters")
  .regex(/^[A-Za-z0-9._]+$/, "May contain letters a–z, digits, '.' and '_' only");

/** What browsers accept in an e-mail field (WHATWG HTML), which is what people can type. */
export const Email = z.string().trim().max(254).pipe(
  z.email({ pattern: z.regexes.html5Email, error: "Must be an e-mail address" }),
);

const passwordBytes = (password: string): number => new TextEncoder().encode(password).length;

export const Password = z.string()
  .refine((password) => passwordBytes(password) >= 8, "Must be at least 8 bytes")
  .refine((password) => passwordBytes(password) <= 72, "Must be at most 72 bytes")
  .refine((password) => !password.includes("\0"), "Must not contain a NUL character");

export const FullName = text(100).trim();
export const Bio = text(500).trim();
/** Characters of a post. */
export const POST_LENGTH = 2200;

export const PostContent = text(POST_LENGTH).trim();
export const StoryContent = text(1000).trim();
export const CommentContent = text(1000).trim().min(1, "Must not be empty");
export const MessageContent = text(2000).trim();
export const AltText = text(LIMITS.altLength).trim();

export const UserCreate = z.object({
  username: Username,
  email: Email,
  password: Password,
  full_name: optional(FullName),
}).meta({ id: "UserCreate" });

export const PasswordResetRequest = z.object({
  /** Of the link. */
  token: z.string().min(1).max(1024),
  password: Password,
});

export const LoginRequest = z.object({
  email: text(254),
  password: z.string().max(1024),
}).meta({ id: "LoginRequest" });

export const UserUpdate = z.object({
  full_name: clearable(FullName),
  bio: clearable(Bio),
  profile_image_url: clearable(PictureUrl),
  media: optional(FormId).describe("The picture to be the profile's; wins over its address"),
}).meta({ id: "UserUpdate" });

export const UserDelete = z.object({
  password: z.string().max(1024),
}).meta({ id: "UserDelete" });

export const PostCreate = z.object({
  content: optional(PostContent),
  image_url: optional(PictureUrl).describe("A picture from elsewhere; it comes last"),
  media: optional(z.array(FormId).max(LIMITS.picturesPerPost))
    .describe("Pictures that were uploaded, in their order"),
}).refine(
  ({ content, image_url, media = [] }) =>
    content !== undefined || image_url !== undefined || media.length > 0,
  { message: "Write something or add a picture", path: ["content"] },
).meta({ id: "PostCreate" });

export const StoryCreate = z.object({
  content: optional(StoryContent),
  image_url: optional(PictureUrl).describe("A picture from elsewhere"),
  media: optional(FormId).describe("A picture that was uploaded; then none from elsewhere"),
}).refine(
  ({ content, image_url, media }) => (content ?? image_url ?? media) !== undefined,
  { message: "Write something or add a picture", path: ["content"] },
).meta({ id: "StoryCreate" });

export const CommentCreate = z.object({ content: CommentContent }).meta({ id: "CommentCreate" });

/** A form's "true" and "false" as what they mean. */
const Flag = z.preprocess(
  (value) => value === "true" ? true : value === "false" ? false : value,
  z.boolean(),
);

export const MessageCreate = z.object({
  receiver_id: FormId,
  content: MessageContent.default(""),
  media: optional(FormId).describe("A picture that was uploaded"),
}).refine(({ content, media }) => content !== "" || media !== undefined, {
  message: "Must not be empty",
  path: ["content"],
}).meta({ id: "MessageCreate" });

export const MediaCreate = z.object({
  alt: AltText.default("").describe("What it shows, for those who cannot see it"),
  shape: z.enum(["square"]).optional()
    .describe("Cuts the largest square out of its middle, as for a profile picture"),
}).meta({ id: "MediaCreate" });

export const MediaUpdate = z.object({ alt: AltText }).meta({ id: "MediaUpdate" });

export const LikeRequest = z.object({
  liked: Flag.optional().describe("What it shall be; left out, it changes from what it is"),
}).optional().meta({ id: "LikeRequest" });

export const Token = z.object({
  access_token: z.string(),
  token_type: z.literal("bearer"),
  expires_in: z.int().describe("Seconds"),
}).meta({ id: "Token" });
export type Token = z.infer<typeof Token>;

export const User = z.object({
  id: Id,
  username: z.string(),
  email: z.string().nullable().describe("Null unless the caller is this user"),
  full_name: z.string().nullable(),
  bio: z.string().nullable(),
  profile_image_url: z.string().nullable(),
  is_active: z.boolean(),
  created_at: Time,
  following: z.boolean().describe("Whether the caller follows this user"),
}).meta({ id: "User" });
export type User = z.infer<typeof User>;

export const UserProfile = z.object({
  id: Id,
  username: z.string(),
  full_name: z.string().nullable(),
  bio: z.string().nullable(),
  profile_image_url: z.string().nullable(),
  post_count: z.int(),
  follower_count: z.int(),
  following_count: z.int(),
  following: z.boolean().describe("Whether the caller follows this user"),
}).meta({ id: "UserProfile" });
export type UserProfile = z.infer<typeof UserProfile>;

/** Whose something is, as its card shows them. */
const author = {
  author_id: Id,
  author_username: z.string(),
  author_full_name: z.string().nullable(),
  author_profile_image_url: z.string().nullable(),
};

export const Image = z.object({
  url: z.string().describe("Of its largest JPEG, or wherever it is linked from"),
  width: z.int().nullable().describe("In pixels; null where it is linked from elsewhere"),
  height: z.int().nullable().describe("In pixels; null where it is linked from elsewhere"),
  alt: z.string().describe("What it shows; empty where nobody said"),
  placeholder: z.string().nullable().describe("A thumbhash in base64, to show until it has loaded"),
  srcset: z.string().nullable().describe("Its WebP files by width, as HTML has it"),
  animated: z.boolean().describe("Whether its WebP files move; its JPEG files never do"),
}).meta({ id: "Image" });
export type Image = z.infer<typeof Image>;

/** A picture that the caller uploaded. */
export const Media = Image.extend({
  id: Id,
  bytes: z.int().describe("Of all its files"),
  created_at: Time,
}).meta({ id: "Media" });
export type Media = z.infer<typeof Media>;

export const Post = z.object({
  id: Id,
  ...author,
  content: z.string().nullable(),
  image_url: z.string().nullable().describe("Of the first of its pictures"),
  images: z.array(Image).readonly(),
  like_count: z.int(),
  comment_count: z.int(),
  liked: z.boolean().describe("Whether the caller likes this post"),
  created_at: Time,
  originally_posted_at: Time.nullable()
    .describe("When it was first posted, on another server; null where it was not imported"),
}).meta({ id: "Post" });
export type Post = z.infer<typeof Post>;

export const Comment = z.object({
  id: Id,
  post_id: Id,
  author_id: Id,
  author_username: z.string(),
  author_profile_image_url: z.string().nullable(),
  content: z.string(),
  created_at: Time,
}).meta({ id: "Comment" });
export type Comment = z.infer<typeof Comment>;

export const Story = z.object({
  id: Id,
  ...author,
  content: z.string().nullable(),
  image_url: z.string().nullable().describe("Of its picture"),
  image: Image.nullable(),
  seen: z.boolean().describe("Whether the caller has seen it; one's own always are"),
  view_count: z.int().nullable().describe("How many have seen it; null unless it is one's own"),
  created_at: Time,
  expires_at: Time,
}).meta({ id: "Story" });
export type Story = z.infer<typeof Story>;

export const StoryStatus = z.object({ seen: z.boolean() }).meta({ id: "StoryStatus" });
export type StoryStatus = z.infer<typeof StoryStatus>;

export const StoryViewer = User.extend({ viewed_at: Time }).meta({ id: "StoryViewer" });
export type StoryViewer = z.infer<typeof StoryViewer>;

export const Message = z.object({
  id: Id,
  sender_id: Id,
  receiver_id: Id,
  content: z.string().describe("Empty where there is only a picture"),
  image: Image.nullable(),
  is_read: z.boolean().describe("Whether the receiver has read it"),
  created_at: Time,
}).meta({ id: "Message" });
export type Message = z.infer<typeof Message>;

export const Conversation = z.object({
  id: Id.describe("Of the last message; `before` goes on from it"),
  other_user_id: Id,
  other_username: z.string(),
  other_full_name: z.string().nullable(),
  other_profile_image_url: z.string().nullable(),
  unread_count: z.int().describe("Messages that the caller has not read"),
  last_message: Message,
}).meta({ id: "Conversation" });
export type Conversation = z.infer<typeof Conversation>;

export const LikeStatus = z.object({ liked: z.boolean(), like_count: z.int() })
  .meta({ id: "LikeStatus" });
export type LikeStatus = z.infer<typeof LikeStatus>;

export const FollowStatus = z.object({ following: z.boolean() }).meta({ id: "FollowStatus" });
export type FollowStatus = z.infer<typeof FollowStatus>;

export const Notification = z.object({
  id: Id,
  user_id: Id.describe("Whom it is for: the caller"),
  actor_id: Id,
  actor_username: z.string(),
  actor_full_name: z.string().nullable(),
  actor_profile_image_url: z.string().nullable(),
  type: z.enum(["like", "comment", "follow"]),
  reference_id: Id.nullable().describe("The post; null for a follow"),
  reference_image_url: z.string().nullable().describe("The smallest of the post's first picture"),
  comment_id: Id.nullable(),
  comment_content: z.string().nullable(),
  message: z.enum(["liked your post", "commented on your post", "started following you"]),
  is_read: z.boolean(),
  following: z.boolean().describe("Whether the caller follows the actor"),
  created_at: Time,
}).meta({ id: "Notification" });
export type Notification = z.infer<typeof Notification>;

export const Import = z.object({
  id: Id,
  source: z.enum(["filmroll", "instagram"]),
  total: z.int().describe("Posts in the archive"),
  done: z.int().describe("Posts taken over"),
  skipped: z.int().describe("Posts of which nothing can be shown here, such as videos"),
  outcome: z.enum(["finished", "stopped", "failed"]).nullable().describe("Null while it runs"),
  problem: z.string().nullable().describe("Why it failed"),
  created_at: Time,
}).meta({ id: "Import" });
export type Import = z.infer<typeof Import>;

/** The answer of what has nothing else to say. */
export const Done = z.object({ status: z.literal("ok") }).meta({ id: "Done" });

export const Hashtag = z.object({
  id: Id,
  name: z.string().describe("Normalised: NFKC, lower-case, without '#'"),
  post_count: z.int(),
}).meta({ id: "Hashtag" });
export type Hashtag = z.infer<typeof Hashtag>;

/** RFC 9457. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
}).meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
