import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import 'virtual:theme-variables.css';
import '../../theme/base.css';
import '../../form-viewer/test/form-page.css';
import { BOOLEAN_TYPE, enumType, listType, NUMBER_TYPE, sampleType, STRING_TYPE } from '#engine';
import { MantineProvider } from '@mantine/core';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ConditionBuilder } from '../../condition-builder/condition-builder.tsx';
import type { ConditionField } from '../../condition-builder/condition-model.ts';
import { cssVariablesResolver, theme } from '../../theme/theme.ts';
import { FeelEditor } from '../feel-editor.tsx';
import type { FeelVariable } from '../feel-variable.ts';

/** What the page reports to the test. */
const told: Record<string, string> = {};
Object.assign(window, { told });

const VARIABLES: readonly FeelVariable[] = [
  { name: 'amount', label: 'Сумма требования', type: NUMBER_TYPE },
  { name: 'topic', label: 'Тип', type: enumType(['Недовоз', 'Брак']) },
  { name: 'имя клиента', label: 'Имя клиента', type: STRING_TYPE },
  { name: 'claim', label: 'Обращение', type: sampleType({ amount: 1, 'номер акта': 'А-1', works: [{ price: 5 }] }) },
  { name: 'tags', type: listType(STRING_TYPE) },
];

const FIELDS: readonly ConditionField[] = [
  {
    name: 'topic',
    label: 'Тип',
    kind: 'choice',
    choices: [
      { value: 'Недовоз', label: 'Недовоз' },
      { value: 'Брак', label: 'Брак' },
    ],
  },
  { name: 'amount', label: 'Сумма требования', kind: 'money' },
  { name: 'visit', label: 'Дата выезда', kind: 'date' },
  { name: 'warranty', label: 'На гарантии', kind: 'boolean' },
  { name: 'имя клиента', label: 'Имя клиента', kind: 'text' },
];

const query = new URLSearchParams(location.search);

function Page() {
  const [condition, setCondition] = useState(query.get('condition') ?? '');
  const [value, setValue] = useState('');
  const [text, setText] = useState('');
  Object.assign(told, { condition, value, text });
  return (
    <main className="page">
      <h1>Правило поля</h1>
      <FeelEditor
        label="Показывать, если"
        description="Поле видно, пока выражение верно"
        value={condition}
        onChange={setCondition}
        variables={VARIABLES}
        expected={BOOLEAN_TYPE}
        language="ru"
      />
      <button type="button">После</button>
      <FeelEditor
        label="Значение"
        value={value}
        onChange={setValue}
        variables={VARIABLES}
        complete={false}
        language="ru"
        multiline
      />
      <ConditionBuilder
        label="Условие"
        value={text}
        onChange={setText}
        fields={FIELDS}
        sentenceStart="Показывать, если"
        language="ru"
      />
      <output>{text}</output>
    </main>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme={query.get('scheme') === 'dark' ? 'dark' : 'light'}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Page />
    </MantineProvider>
  </StrictMode>,
);
