import { fieldLabel, formText, type FormField, type FormLanguage, type FormModel, type LayoutNode } from '#engine';

export interface SectionRow {
  readonly field: FormField;
  readonly label: string;
}

/** Fields under one heading of the form; null where they stand under none. */
export interface FormSection {
  readonly key: string;
  readonly title: string | null;
  readonly rows: readonly SectionRow[];
}

/** The fields as the form groups them, tables followed by their columns. */
export function formSections(form: FormModel, language: FormLanguage): readonly FormSection[] {
  const sections: { key: string; title: string | null; rows: SectionRow[] }[] = [];
  const row = (field: FormField): SectionRow => ({ field, label: fieldLabel(form, language, field) });
  const walk = (node: LayoutNode, key: string, title: string | null): void => {
    if (node.kind === 'control') {
      const field = form.fieldsByName.get(node.field);
      if (field === undefined) return;
      let section = sections.at(-1);
      if (section?.key !== key) sections.push((section = { key, title, rows: [] }));
      section.rows.push(row(field), ...(field.table?.columns ?? []).map(row));
      return;
    }
    if (!('children' in node)) return;
    const own = node.kind === 'group' || node.kind === 'category';
    const heading = own ? formText(form, language, `${node.i18n}.label`) : undefined;
    for (const child of node.children) walk(child, own ? node.id : key, heading ?? title);
  };
  walk(form.layout, '', null);
  return sections;
}

/** Sections with the rows whose words have the wanted ones in them; a table comes along with its columns. */
export function foundSections(sections: readonly FormSection[], search: string): readonly FormSection[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return sections;
  const fits = ({ field, label }: SectionRow): boolean => `${label} ${field.name}`.toLowerCase().includes(wanted);
  return sections.flatMap((section) => {
    if (section.title?.toLowerCase().includes(wanted)) return [section];
    const names = new Set(
      section.rows.filter(fits).flatMap(({ field }) => [field.name, field.column?.table ?? field.name]),
    );
    const rows = section.rows.filter(({ field }) => names.has(field.name));
    return rows.length === 0 ? [] : [{ ...section, rows }];
  });
}
