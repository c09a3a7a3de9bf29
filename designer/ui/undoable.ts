/** What can be taken back and brought back again, one step at a time. */
export interface Undoable {
  undo(): void;
  redo(): void;
}
