/** The definition of a register of parts, for tests. */
export function partsRegister(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    $schema: 'register/1',
    key: 'parts',
    title: { ru: 'Запчасти', en: 'Parts' },
    data: {
      type: 'object',
      required: ['article', 'name', 'price'],
      properties: {
        article: { type: 'string', maxLength: 40 },
        name: { type: 'string' },
        model: { type: 'string' },
        price: { type: 'integer', format: 'money', minimum: 0 },
        active: { type: 'boolean' },
      },
    },
    i18n: {
      ru: {
        'article.label': 'Артикул',
        'name.label': 'Название',
        'model.label': 'Модель',
        'price.label': 'Цена',
        'active.label': 'В продаже',
      },
      en: {
        'article.label': 'Article',
        'name.label': 'Name',
        'model.label': 'Model',
        'price.label': 'Price',
        'active.label': 'On sale',
      },
    },
    keyField: 'article',
    indexes: ['name', 'model', 'price'],
    display: { label: 'name', columns: ['article', 'name', 'model', 'price', 'active'], search: ['article', 'name'] },
    access: { read: ['*'], write: ['analyst'] },
    ...changes,
  };
}
