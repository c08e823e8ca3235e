import SubmitForm from "../../../components/SubmitForm.tsx";

export interface RevealProps {
  readonly action: string;
  /** Whether what is personal is shown already. */
  readonly revealed: boolean;
}

/** Shows what is personal, deliberately. */
export default function Reveal({ action, revealed }: RevealProps) {
  if (revealed) {
    return <p class="field-hint">What is personal is shown. The log says that you looked.</p>;
  }
  return (
    <div class="reveal">
      <SubmitForm action={action} buttonClass="button button-secondary">
        Reveal what is personal
      </SubmitForm>
      <p class="field-hint">The log will say that you looked.</p>
    </div>
  );
}
