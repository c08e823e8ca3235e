import { hueClass } from "./hue.ts";
import RichText from "./RichText.tsx";

export interface TextCardProps {
  readonly id: number;
  readonly text: string;
}

/** Short texts are set large, as a poster; long ones as a page. */
function lengthClass(text: string): string {
  const length = [...text].length;
  if (length <= 70) return "text-card-poster";
  if (length <= 200) return "text-card-quote";
  return "text-card-page";
}

/** A post without a picture: an exposure of words, with the frame number on the film's edge. */
export default function TextCard({ id, text }: TextCardProps) {
  return (
    <div class={`text-card ${lengthClass(text)} ${hueClass(id)}`}>
      <p class="text-card-text">
        <RichText text={text} />
      </p>
      <span class="text-card-edge" aria-hidden="true">▸{id % 36 + 1}A</span>
    </div>
  );
}
