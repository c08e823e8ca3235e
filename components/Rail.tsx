import Avatar from "./Avatar.tsx";
import { compactCount } from "./count.ts";
import Icon from "./Icon.tsx";
import { logOut } from "./icons.ts";
import Logo from "./Logo.tsx";
import { type NavItem, navItems, type NavName } from "./nav.ts";
import SubmitForm from "./SubmitForm.tsx";
import type { Viewer } from "./viewer.ts";

export interface RailProps {
  readonly viewer: Viewer;
  /** Path of the page, whose place is marked as current. */
  readonly path: string;
  readonly nav: readonly NavName[];
  /** What is unread, by place. */
  readonly counts: Readonly<Partial<Record<NavName, number>>>;
}

function Badge({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span class="badge">
      {compactCount(count)}
      <span class="visually-hidden">{` unread`}</span>
    </span>
  );
}

function isCurrent(item: NavItem, path: string): boolean {
  return path === item.href || (item.name === "home" && path === "/feed");
}

/** Where to go: a rail beside the page on wide screens, a bar below it on phones. */
export default function Rail({ viewer, path, nav, counts }: RailProps) {
  return (
    <header class="rail">
      <a class="rail-logo" href="/">
        <Logo />
      </a>
      <nav class="rail-nav" aria-label="Main">
        <ul>
          {navItems(viewer, nav).map((item) => (
            <li key={item.name}>
              <a
                class="rail-link"
                href={item.href}
                aria-current={isCurrent(item, path) ? "page" : undefined}
              >
                {item.name === "profile"
                  ? (
                    <Avatar
                      userId={viewer.id}
                      username={viewer.username}
                      fullName={viewer.full_name}
                      imageUrl={viewer.profile_image_url}
                      size="small"
                    />
                  )
                  : <Icon path={item.icon} />}
                <span class="rail-label">{item.label}</span>
                <Badge count={counts[item.name] ?? 0} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <SubmitForm action="/auth/logout" buttonClass="rail-link">
        <Icon path={logOut} />
        <span class="rail-label">Log out</span>
      </SubmitForm>
    </header>
  );
}
