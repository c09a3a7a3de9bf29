import type { Locator, Page } from 'playwright-core';

/** What a person does with the fields of a form; `field` is the field's name in the form definition. */
export function formOf(page: Page) {
  const field = (name: string): Locator => page.locator(`[data-field="${name}"]`);
  return {
    field,
    write: (name: string, text: string) => field(name).locator('input, textarea').first().fill(text),
    /** A choice that stands in the form as buttons. */
    mark: (name: string, label: string) => field(name).getByText(label, { exact: true }).click(),
    /** A choice from a list that opens. */
    async choose(name: string, label: string): Promise<void> {
      await field(name).getByRole('textbox').or(field(name).getByRole('combobox')).first().click();
      await page.getByRole('option', { name: label }).first().click();
    },
    async attach(
      name: string,
      file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
    ): Promise<void> {
      await field(name).locator('input[type=file]').first().setInputFiles(file);
      await field(name).getByRole('link', { name: file.name }).waitFor();
    },
  };
}
