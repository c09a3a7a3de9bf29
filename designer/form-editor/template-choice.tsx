import { UnstyledButton } from '@mantine/core';
import { IconChecklist, IconFile, IconMessage, IconPhotoCheck, type Icon } from '@tabler/icons-react';
import styles from './template-choice.module.css';
import { TEMPLATES, type TemplateId } from './form-templates.ts';
import { useWords } from './texts.ts';

const ICONS: { readonly [K in TemplateId]: Icon } = {
  blank: IconFile,
  request: IconMessage,
  check: IconPhotoCheck,
  approval: IconChecklist,
};

interface TemplateChoiceProps {
  readonly value?: TemplateId;
  readonly onChoose: (id: TemplateId) => void;
  readonly templates?: readonly TemplateId[];
}

/** What a form may begin with. */
export function TemplateChoice({ value, onChoose, templates = TEMPLATES }: TemplateChoiceProps) {
  const words = useWords();
  return (
    <div className={styles.templates} role="group" aria-label={words('createFrom')}>
      {templates.map((id) => {
        const Icon = ICONS[id];
        return (
          <UnstyledButton
            key={id}
            className={styles.template}
            aria-pressed={value === undefined ? undefined : value === id}
            onClick={() => onChoose(id)}
          >
            <Icon size={20} stroke={1.6} aria-hidden />
            <span className={styles.name}>{words(`template_${id}`)}</span>
            <span className={styles.lead}>{words(`template_${id}Lead`)}</span>
          </UnstyledButton>
        );
      })}
    </div>
  );
}
