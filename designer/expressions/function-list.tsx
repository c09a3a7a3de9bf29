import { feelFunctions, signatureText, type FeelFunctionDescription, type FeelFunctionGroup } from '#engine';
import { Select, TextInput, UnstyledButton } from '@mantine/core';
import { IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StateView } from '../ui/state-view.tsx';
import { useLanguage } from '../ui/use-language.ts';
import styles from './function-list.module.css';
import { findFunctions, FUNCTION_GROUPS } from './find-functions.ts';

/** Every function by section, found by name or by what it does; a click inserts a call of it. */
export function FunctionList({ onInsert }: { readonly onInsert: (fn: FeelFunctionDescription) => void }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [group, setGroup] = useState<FeelFunctionGroup | null>(null);
  const found = findFunctions(feelFunctions, useDeferredValue(search), group);
  return (
    <div className={styles.panel}>
      <div className={styles.filters}>
        <TextInput
          type="search"
          leftSection={<IconSearch size={16} aria-hidden />}
          placeholder={t('expressions.search')}
          aria-label={t('expressions.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          aria-label={t('expressions.group')}
          data={[
            { value: '', label: t('expressions.allGroups') },
            ...FUNCTION_GROUPS.map((value) => ({ value, label: t(`expressions.groups.${value}`) })),
          ]}
          value={group ?? ''}
          onChange={(chosen) => setGroup(FUNCTION_GROUPS.find((one) => one === chosen) ?? null)}
          allowDeselect={false}
        />
        <p className="r-hidden" role="status">
          {t('expressions.found', { count: found.length })}
        </p>
      </div>
      {found.length === 0 && (
        <StateView
          icon={IconSearchOff}
          title={t('expressions.nothingFound')}
          lead={t('expressions.nothingFoundLead')}
        />
      )}
      {FUNCTION_GROUPS.map((one) => (
        <FunctionGroup key={one} group={one} functions={found.filter((fn) => fn.group === one)} onInsert={onInsert} />
      ))}
    </div>
  );
}

function FunctionGroup({
  group,
  functions,
  onInsert,
}: {
  readonly group: FeelFunctionGroup;
  readonly functions: readonly FeelFunctionDescription[];
  readonly onInsert: (fn: FeelFunctionDescription) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (functions.length === 0) return null;
  const id = `functions-${group.replaceAll(' ', '-')}`;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles.group}>
        {t(`expressions.groups.${group}`)}
      </h3>
      <ul className={styles.functions}>
        {functions.map((fn) => (
          <li key={fn.name} className={styles.function}>
            <UnstyledButton
              className={styles.signature}
              aria-describedby={`function-${fn.name.replaceAll(' ', '-')}`}
              onClick={() => onInsert(fn)}
            >
              <span className="r-hidden">{t('expressions.insert')} </span>
              {shortSignature(fn)}
            </UnstyledButton>
            <p className={styles.description} id={`function-${fn.name.replaceAll(' ', '-')}`}>
              {fn.description[language]}
            </p>
            <p className={styles.example}>
              {fn.example.expression} <span className={styles.equals}>=</span> {JSON.stringify(fn.example.result)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `substring(string, start position, length?)`; the types stand in the completion. */
function shortSignature({ name, signatures }: FeelFunctionDescription): string {
  const [first] = signatures;
  if (first === undefined) return name;
  return signatureText(name, {
    ...first,
    parameters: first.parameters.map((one) => ({ ...one, type: '' })),
  })
    .replaceAll(': ,', ',')
    .replace(': )', ')')
    .replace(/ → .*$/, '');
}
