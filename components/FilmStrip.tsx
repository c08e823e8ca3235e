const SCENES = ["sea", "hills", "night", "dunes", "leaf"] as const;

export interface FilmStripProps {
  readonly direction: "horizontal" | "vertical";
  /** Number of frames; the scenes repeat. */
  readonly frames?: number;
}

/** A decoration: a strip of film with pictures drawn by the style sheet alone. */
export default function FilmStrip({ direction, frames = SCENES.length }: FilmStripProps) {
  return (
    <div class={`film film-${direction}`} aria-hidden="true">
      {Array.from(
        { length: frames },
        (_, index) => (
          <span class={`film-frame scene-${SCENES[index % SCENES.length]}`} key={index} />
        ),
      )}
    </div>
  );
}
