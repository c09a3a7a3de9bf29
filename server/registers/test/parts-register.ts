/** The definition of a register of spare parts, for tests. */
export function partsRegister(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const labels = (texts: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      ['article', 'name', 'model', 'price', 'barcode', 'replaces', 'active'].map((name, index) => [
        `${name}.label`,
        texts[index]!,
      ]),
    );
  return {
    $schema: 'register/1',
    key: 'spares',
    title: { ru: 'Запчасти', en: 'Spare parts' },
    data: {
      type: 'object',
      required: ['article', 'name', 'price'],
      properties: {
        article: { type: 'string', maxLength: 40 },
        name: { type: 'string' },
        model: { type: 'string' },
        price: { type: 'integer', format: 'money', minimum: 0 },
        barcode: { type: 'string' },
        replaces: { type: 'string', 'x-source': { catalog: 'spares' } },
        active: { type: 'boolean' },
      },
    },
    i18n: {
      ru: labels(['Артикул', 'Название', 'Модель', 'Цена', 'Штрихкод', 'Замена для', 'В продаже']),
      en: labels(['Article', 'Name', 'Model', 'Price', 'Barcode', 'Replaces', 'On sale']),
    },
    keyField: 'article',
    indexes: ['name', 'model', 'price', 'barcode'],
    unique: ['barcode'],
    display: { label: 'name', columns: ['article', 'name', 'model', 'price', 'active'], search: ['article', 'name'] },
    access: { read: ['dispatcher'], write: ['analyst'] },
    ...changes,
  };
}
