import type { CaseDetail } from '#contract';
import { useTranslation } from 'react-i18next';
import { Person } from '../ui/person.tsx';
import { CaseDocuments } from './case-documents.tsx';
import styles from './case-facts.module.css';
import { CaseFiles } from './case-files.tsx';

/** What is known, who took part, which papers and files there are. */
export function CaseFacts({ detail }: { readonly detail: CaseDetail }) {
  const { t } = useTranslation();
  return (
    <div className={styles.facts}>
      <section>
        <h2 className={styles.heading}>{t('case.facts')}</h2>
        {detail.facts.length === 0 && <p className={styles.none}>{t('case.noFacts')}</p>}
        <dl className={styles.list}>
          {detail.facts.map((fact) => (
            <div key={fact.name} className={styles.fact}>
              <dt>{fact.label}</dt>
              <dd>{fact.text}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h2 className={styles.heading}>{t('case.documents')}</h2>
        <CaseDocuments caseKey={detail.case.caseKey} />
      </section>
      <section>
        <h2 className={styles.heading}>{t('files.title')}</h2>
        <CaseFiles caseKey={detail.case.caseKey} />
      </section>
      <section>
        <h2 className={styles.heading}>{t('case.participants')}</h2>
        {detail.participants.length === 0 && <p className={styles.none}>{t('case.noParticipants')}</p>}
        <ul className={styles.people}>
          {detail.participants.map((person) => (
            <li key={person.username}>
              <Person name={person.name} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
