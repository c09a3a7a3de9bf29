import frame from './editor-frame.module.css';

interface PaneBarProps<T extends string> {
  readonly panes: readonly T[];
  readonly shown: T;
  readonly label: string;
  readonly titleOf: (pane: T) => string;
  readonly onShow: (pane: T) => void;
  readonly className: string | undefined;
}

/** Chooses the pane that a phone shows; where all of them fit it is not there. */
export function PaneBar<T extends string>({ panes, shown, label, titleOf, onShow, className }: PaneBarProps<T>) {
  return (
    <div className={`${frame.paneBar} ${className}`} role="group" aria-label={label}>
      {panes.map((pane) => (
        <button key={pane} type="button" aria-pressed={shown === pane} onClick={() => onShow(pane)}>
          {titleOf(pane)}
        </button>
      ))}
    </div>
  );
}
