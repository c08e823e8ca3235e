import type { Media } from "../web/schemas.ts";
import { LIMITS } from "../media/limits.ts";
import Icon from "./Icon.tsx";
import { alert } from "./icons.ts";
import { ACCEPTED, ALL_LIMITS, FILE_LIMITS } from "./photo_rules.ts";
import { smallest } from "./picture_sizes.ts";

export interface PhotoFieldsProps {
  /** How many pictures there may be. */
  readonly most: number;
  /** What an earlier sending of the form has left with the server. */
  readonly kept?: readonly Media[];
  /** What was wrong with the others. */
  readonly errors?: readonly string[];
}

/** So many are shown at first. */
const SHOWN = 3;

function Row({ nth, most }: { nth: number; most: number }) {
  const name = most === 1 ? "File" : `Picture ${nth}`;
  return (
    <div class="photo-row">
      <label class="field-label" for={`photo-${nth}`}>{name}</label>
      <input
        class="field-file"
        id={`photo-${nth}`}
        name="photo"
        type="file"
        accept={ACCEPTED}
      />
      <label class="field-hint" for={`alt-${nth}`}>
        What it shows, for those who cannot see it
      </label>
      <input
        class="field-control"
        id={`alt-${nth}`}
        name="alt"
        type="text"
        maxLength={LIMITS.altLength}
      />
    </div>
  );
}

/** The fields of a form that sends pictures without script. */
export default function PhotoFields({ most, kept = [], errors = [] }: PhotoFieldsProps) {
  // Where there can be one, the one that is chosen last counts.
  const before = most === 1 ? 0 : kept.length;
  const rows = Array.from(
    { length: most - before },
    (_, index) => <Row key={index} nth={before + index + 1} most={most} />,
  );
  return (
    <fieldset class="photo-fields no-script">
      <legend class="field-label">{most === 1 ? "Picture" : "Pictures"}</legend>
      <p class="field-hint">{most > 1 ? `Up to ${most}. ${ALL_LIMITS}` : FILE_LIMITS}.</p>
      {errors.map((error, index) => (
        <p class="field-error" key={index}>
          <Icon path={alert} />
          {error}
        </p>
      ))}
      {kept.map(({ id, url, alt }) => (
        <div class="photo-row" key={id}>
          <img src={smallest(url)} alt="" width="96" height="96" />
          <label class="photo-keep">
            <input type="checkbox" name="media" value={id} checked />
            Keep {alt || "this picture"}
          </label>
        </div>
      ))}
      {rows.slice(0, SHOWN)}
      {rows.length > SHOWN && (
        <details>
          <summary>More pictures</summary>
          {rows.slice(SHOWN)}
        </details>
      )}
    </fieldset>
  );
}
