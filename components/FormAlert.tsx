import Icon from "./Icon.tsx";
import { alert } from "./icons.ts";

export interface FormAlertProps {
  readonly message: string | null | undefined;
}

/** What is wrong with a form as a whole; nothing while nothing is. */
export default function FormAlert({ message }: FormAlertProps) {
  if (!message) return null;
  return (
    <p class="form-alert" role="alert">
      <Icon path={alert} />
      {message}
    </p>
  );
}
