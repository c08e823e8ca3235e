import PersonRow, { type PersonRowProps } from "./PersonRow.tsx";

export interface PeopleListProps extends Omit<PersonRowProps, "user"> {
  readonly users: readonly PersonRowProps["user"][];
}

export default function PeopleList({ users, viewerId, returnTo }: PeopleListProps) {
  return (
    <ul class="people">
      {users.map((user) => (
        <PersonRow key={user.id} user={user} viewerId={viewerId} returnTo={returnTo} />
      ))}
    </ul>
  );
}
