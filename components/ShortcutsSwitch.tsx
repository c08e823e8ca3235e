/** Turns the shortcuts off and on, for this browser; the island Background listens to it. */
export default function ShortcutsSwitch() {
  return (
    <label class="switch">
      Single-key shortcuts
      <input class="shortcuts-switch" type="checkbox" role="switch" checked />
    </label>
  );
}
