import { formatTime } from '#engine';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import { parseTime } from '../time-text.ts';
import { NativeValue } from './native-value.tsx';
import { TypedValue } from './typed-value.tsx';

/** A time of day: «14:30», «1430», «9». */
export function TimeField(binding: FieldBinding) {
  const { touch } = useForm();
  const text = useViewerText();
  const shown = typeof binding.value === 'string' ? formatTime(binding.value) : '';
  return touch ? (
    <NativeValue binding={binding} type="time" shown={shown} parse={parseTime} />
  ) : (
    <TypedValue binding={binding} shown={shown} parse={parseTime} placeholder={text('timePlaceholder')} narrow />
  );
}
