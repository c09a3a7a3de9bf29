import { fieldLabel, formText, type FormField, type RegisterModel } from '#engine';
import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../ui/use-language.ts';
import type { RegisterSearch } from './register-search.ts';
import styles from './register-screen.module.css';

interface RegisterFiltersProps {
  readonly register: RegisterModel;
  readonly where: NonNullable<RegisterSearch['where']>;
  readonly onChange: (where: RegisterSearch['where']) => void;
}

/** One list per indexed field that has few values. */
export function RegisterFilters({ register, where, onChange }: RegisterFiltersProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { form, indexed } = register;
  const fields = form.fields.filter(
    ({ name, kind, choices }) => indexed.includes(name) && (kind === 'boolean' || (kind === 'choice' && choices)),
  );
  const optionsOf = ({ name, kind, choices = [] }: FormField) =>
    kind === 'boolean'
      ? [
          { value: 'true', label: t('registers.yes') },
          { value: 'false', label: t('registers.no') },
        ]
      : choices.map((value) => ({ value, label: formText(form, language, `${name}.options.${value}`) ?? value }));
  const set = (field: FormField, value: string | null): void => {
    const { [field.name]: _, ...rest } = where;
    const next = value === null ? rest : { ...rest, [field.name]: field.kind === 'boolean' ? value === 'true' : value };
    onChange(Object.keys(next).length === 0 ? undefined : next);
  };
  if (fields.length === 0) return null;
  return (
    <div className={styles.filters}>
      {fields.map((field) => {
        const label = fieldLabel(form, language, field);
        const value = where[field.name];
        return (
          <Select
            key={field.name}
            className={styles.filter}
            aria-label={label}
            placeholder={t('registers.filterAny', { label })}
            data={optionsOf(field)}
            value={value === undefined ? null : String(value)}
            onChange={(next) => set(field, next)}
            clearable
            clearButtonProps={{ 'aria-label': t('registers.clearFilters') }}
          />
        );
      })}
      {Object.keys(where).length > 0 && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(undefined)}>
          {t('registers.clearFilters')}
        </Button>
      )}
    </div>
  );
}
