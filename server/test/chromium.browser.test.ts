import assert from 'node:assert/strict';
import { openPage, PHONE } from './chromium.ts';

describe('browser of the tests', () => {
  it('opens a page in Russian at the width asked for and draws Cyrillic letters', async () => {
    const { page, errors, close } = await openPage(PHONE);
    await page.goto(dataUrl('<b id="first">Ж</b> <b id="second">Щ</b>'));
    assert.deepEqual(await page.evaluate('[innerWidth, navigator.language]'), [390, 'ru-RU']);
    const [first, second] = [await page.locator('#first').screenshot(), await page.locator('#second').screenshot()];
    assert.equal(first.equals(second), false, 'letters without a glyph would all be the same empty box');
    assert.deepEqual(errors, []);
    await close();
  });

  it('collects what the page complains of', async () => {
    const { page, errors, close } = await openPage();
    await page.goto(dataUrl('<script>console.error("беда"); throw new Error("сбой")</script>'));
    assert.deepEqual([...errors].sort(), ['console: беда', 'exception: сбой']);
    await close();
  });
});

function dataUrl(body: string): string {
  return `data:text/html;charset=utf-8,${encodeURIComponent(`<!doctype html><meta charset="utf-8">${body}`)}`;
}
