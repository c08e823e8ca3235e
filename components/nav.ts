import * as icons from "./icons.ts";
import type { Viewer } from "./viewer.ts";

/** The places of the rail, in the order of their showing. */
export type NavName = "home" | "search" | "create" | "messages" | "notifications" | "profile";

export interface NavItem {
  readonly name: NavName;
  readonly label: string;
  readonly href: string;
  readonly icon: string;
}

export function navItems(viewer: Viewer, names: readonly NavName[]): NavItem[] {
  const items: readonly NavItem[] = [
    { name: "home", label: "Home", href: "/", icon: icons.home },
    { name: "search", label: "Search", href: "/search", icon: icons.search },
    { name: "create", label: "Create", href: "/posts/new", icon: icons.create },
    { name: "messages", label: "Messages", href: "/messages", icon: icons.messages },
    {
      name: "notifications",
      label: "Notifications",
      href: "/notifications",
      icon: icons.notifications,
    },
    { name: "profile", label: "Profile", href: `/@${viewer.username}`, icon: icons.profile },
  ];
  return items.filter((item) => names.includes(item.name));
}
