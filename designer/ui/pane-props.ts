import frame from './editor-frame.module.css';

/** What makes an element of the editor a pane: a phone shows it only while `PaneBar` has it chosen. */
export function paneProps(isShown: boolean, className: string | undefined) {
  return { className: `${frame.pane} ${className}`, 'data-shown': isShown || undefined };
}
