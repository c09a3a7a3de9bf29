import { notifications } from '@mantine/notifications';
import { toastDone } from '../ui/toast.tsx';

export { toastDone };

/** Something that could not be done and harms nothing. */
export function toastNote(message: string): void {
  notifications.show({ message, color: 'gray', withBorder: true, autoClose: 5_000 });
}
