import Icon from "./Icon.tsx";
import { picture } from "./icons.ts";
import { ACCEPTED, ALL_LIMITS, FILE_LIMITS } from "./photo_rules.ts";

export interface PhotoPickerProps {
  /** What it asks for, such as "Choose pictures". */
  readonly label: string;
  /** How many may be chosen. */
  readonly most: number;
  readonly onChoose: (files: FileList) => void;
}

/** A place to choose pictures, or to drop them on. Without script there are `PhotoFields`. */
export default function PhotoPicker({ label, most, onChoose }: PhotoPickerProps) {
  return (
    <div class="picker needs-script">
      <input
        class="picker-input"
        id="photos"
        type="file"
        accept={ACCEPTED}
        multiple={most > 1}
        aria-describedby="photos-hint"
        onChange={({ currentTarget }) => {
          onChoose(currentTarget.files!);
          // The same file can be chosen again.
          currentTarget.value = "";
        }}
      />
      <Icon path={picture} />
      <label class="picker-label" for="photos">{label}</label>
      <p class="field-hint" id="photos-hint">
        {most > 1 && `Up to ${most}, or drop or paste them here. `}
        {most > 1 ? ALL_LIMITS : FILE_LIMITS}.
      </p>
    </div>
  );
}
