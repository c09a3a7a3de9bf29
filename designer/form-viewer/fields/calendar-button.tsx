import { ActionIcon, Popover } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { Suspense, useState, type ReactNode } from 'react';
import styles from '../form-viewer.module.css';

interface CalendarButtonProps {
  readonly label: string;
  /** The calendar; it closes the popover when something was picked. */
  readonly children: (close: () => void) => ReactNode;
}

/** The button inside a date-like input that opens its calendar, which is loaded then. */
export function CalendarButton({ label, children }: CalendarButtonProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="bottom-end" shadow="md">
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={label}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <IconCalendar size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Suspense fallback={<div className={styles.calendarPlace} />}>{children(() => setOpened(false))}</Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
