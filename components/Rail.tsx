import { UnreadBadge } from "../islands/UnreadCounts.tsx";
import Avatar from "./Avatar.tsx";
import Icon from "./Icon.tsx";
import { logOut } from "./icons.ts";
import Logo from "./Logo.tsx";
import { type NavItem, navItems, type NavName } from "./nav.ts";
import SubmitForm from "./SubmitForm.tsx";
import type { Unread } from "./unread.ts";
import type { Viewer } from "./viewer.ts";

export interface RailProps {
  readonly viewer: Viewer;
  /** Path of the page, whose place is marked as current. */
  readonly path: string;
  readonly nav: readonly NavName[];
  readonly unread: Unread;
}

function isCurrent(item: NavItem, path: string): boolean {
  return path === item.href || (item.name === "home" && path === "/feed");
}

/** Where to go: a rail beside the page on wide screens, a bar below it on phones. */
export default function Rail({ viewer, path, nav, unread }: RailProps) {
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
                {(item.name === "messages" || item.name === "notifications") && (
                  <UnreadBadge what={item.name} count={unread[item.name]} />
                )}
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
