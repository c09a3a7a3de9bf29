import { initials } from '../format/initials.ts';
import styles from './person.module.css';

/** A round badge with initials; the name beside it unless `badgeOnly`. */
export function Person({
  name,
  badgeOnly = false,
  size = 20,
}: {
  readonly name: string;
  readonly badgeOnly?: boolean;
  readonly size?: 20 | 28;
}) {
  return (
    <span className={styles.person}>
      <span className={styles.badge} data-size={size} aria-hidden>
        {initials(name)}
      </span>
      {!badgeOnly && <span className={styles.name}>{name}</span>}
    </span>
  );
}
