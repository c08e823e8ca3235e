/** Marks where files would go that are dragged over the page. */
const OVER = "drop-over";

const filesOf = (transfer: DataTransfer | null): File[] => [...transfer?.files ?? []];

/**
 * Takes files that are dropped anywhere on the page, or pasted into it.
 *
 * @param element gets the class `drop-over` while files are dragged over the page
 * @returns how to stop
 */
export function takeDroppedAndPasted(
  element: HTMLElement,
  take: (files: File[]) => void,
): () => void {
  const leave = () => element.classList.remove(OVER);
  function over(event: DragEvent) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    element.classList.add(OVER);
  }
  function drop(event: DragEvent) {
    leave();
    const files = filesOf(event.dataTransfer);
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  }
  function paste(event: ClipboardEvent) {
    const files = filesOf(event.clipboardData);
    // What is copied from a text comes as a picture of it, too.
    if (files.length === 0 || event.clipboardData?.types.includes("text/plain")) return;
    event.preventDefault();
    take(files);
  }
  const left = (event: DragEvent) => event.relatedTarget === null && leave();
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", left);
  document.addEventListener("drop", drop);
  document.addEventListener("paste", paste);
  return () => {
    document.removeEventListener("dragover", over);
    document.removeEventListener("dragleave", left);
    document.removeEventListener("drop", drop);
    document.removeEventListener("paste", paste);
  };
}
