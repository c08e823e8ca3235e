import { hueClass } from "./hue.ts";
import { initials } from "./initials.ts";

export interface AvatarProps {
  readonly userId: number;
  readonly username: string;
  readonly fullName?: string | null;
  readonly imageUrl: string | null;
  /** small 32, medium 44, large 96 (150 on wide screens) CSS pixels; medium unless told. */
  readonly size?: "small" | "medium" | "large";
}

const PIXELS = { small: 32, medium: 44, large: 150 };

/** Stands beside a name, so it is empty to screen readers. */
export default function Avatar(
  { userId, username, fullName = null, imageUrl, size = "medium" }: AvatarProps,
) {
  return (
    <span class={`avatar avatar-${size} ${hueClass(userId)}`} aria-hidden="true">
      {imageUrl === null ? initials(username, fullName) : (
        <img
          src={imageUrl}
          alt=""
          width={PIXELS[size]}
          height={PIXELS[size]}
          loading="lazy"
          decoding="async"
        />
      )}
    </span>
  );
}
