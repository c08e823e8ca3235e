import Icon from "./Icon.tsx";
import { close } from "./icons.ts";
import ShortcutsSwitch from "./ShortcutsSwitch.tsx";

const SHORTCUTS: readonly (readonly [does: string, ...keys: string[]])[] = [
  ["Next post, previous post", "j", "k"],
  ["Next picture, previous picture", "→", "←"],
  ["Like", "l"],
  ["Comment", "c"],
  ["Search", "/"],
  ["Show this list", "?"],
];

/** The list of the shortcuts, which the island Background opens. */
export default function ShortcutsDialog() {
  return (
    <dialog class="dialog" id="shortcuts" aria-labelledby="shortcuts-title">
      <form class="dialog-head" method="dialog">
        <h2 id="shortcuts-title">Keyboard shortcuts</h2>
        <button class="icon-button" type="submit" aria-label="Close">
          <Icon path={close} />
        </button>
      </form>
      <dl class="shortcuts">
        {SHORTCUTS.map(([does, ...keys]) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dd>
          </div>
        ))}
      </dl>
      <ShortcutsSwitch />
    </dialog>
  );
}
