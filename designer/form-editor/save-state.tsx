import { ApiProblem } from '../api/api-problem.ts';
import type { DraftState } from '../task/draft-saver.ts';
import { useNow } from '../ui/use-now.ts';
import styles from './editor.module.css';
import { useWords, type EditorWords } from './texts.ts';

/** «Сохранено 5 с назад»: whether closing the page would cost anything. */
export function SaveState({ save }: { readonly save: DraftState }) {
  const words = useWords();
  const now = useNow(5_000);
  const text = saveText(save, now.getTime(), words);
  const bad = save.kind === 'failed';
  return (
    <span className={styles.save} data-bad={bad || undefined} role={bad ? 'alert' : undefined}>
      {text}
    </span>
  );
}

function saveText(save: DraftState, now: number, words: EditorWords): string {
  switch (save.kind) {
    case 'clean':
      return '';
    case 'unsaved':
      return words('unsaved');
    case 'saving':
      return words('saving');
    case 'saved': {
      const seconds = Math.max(0, Math.floor((now - Date.parse(save.at)) / 1_000));
      if (seconds < 4) return words('savedNow');
      if (seconds < 60)
        return words('saved', { ago: words('ago_seconds', { count: seconds - (seconds % 5 || 0) || 5 }) });
      return words('saved', { ago: words('ago_minutes', { count: Math.floor(seconds / 60) }) });
    }
    case 'failed': {
      const problem = save.error instanceof ApiProblem ? save.error : undefined;
      if (problem?.transient === true) return words('offline');
      // The bar below says who saved and asks what to do.
      if (problem?.code === 'conflict') return words('unsaved');
      return words('saveFailed', { reason: problem?.detail ?? '' });
    }
  }
}
