import assert from 'node:assert/strict';
import { cleanMailText } from './clean-mail-text.ts';

const cases: readonly { readonly name: string; readonly text: string; readonly own: string }[] = [
  {
    name: 'Gmail in Russian',
    text: 'Спасибо!\n\nчт, 5 нояб. 2026 г. в 10:12, Иван Петров <ivan@x.example> пишет:\n\nстарый текст\nещё',
    own: 'Спасибо!',
  },
  {
    name: 'Mail.ru',
    text: 'Да, согласен.\n\nПонедельник, 9 ноября 2026, 10:12 +03:00 от Отдел <a@b.example>:\nстарое',
    own: 'Да, согласен.',
  },
  { name: 'Yandex', text: 'Ок\n\n09.11.2026, 10:12, "Отдел" <a@b.example>:\n> старое', own: 'Ок' },
  {
    name: 'Outlook header block',
    text: 'Ответ.\n________________________________\nОт: Отдел <a@b.example>\nОтправлено: 9 ноября 2026 г. 10:12\nКому: Иван\nТема: Re\n\nстарое',
    own: 'Ответ.',
  },
  {
    name: 'Outlook in English',
    text: 'Done.\n\n-----Original Message-----\nFrom: A\nSent: Monday\nTo: B\nSubject: C\n\nold',
    own: 'Done.',
  },
  {
    name: 'Gmail in English',
    text: 'Yes.\n\nOn Mon, Nov 9, 2026 at 10:12 AM A B <a@b.example>\nwrote:\n> old',
    own: 'Yes.',
  },
  { name: 'signature dashes', text: 'Текст\n-- \nИван\n+7', own: 'Текст' },
  { name: 'closing formula', text: 'Текст\n\nС наилучшими пожеланиями,\nИван\nООО «Ромашка»', own: 'Текст' },
  { name: 'device line', text: 'Текст\n\nОтправлено из мобильной Почты Mail', own: 'Текст' },
  {
    name: 'prose that only looks like an attribution',
    text: 'Менеджер написал:\nвезите обратно.\nЯ отвёз.',
    own: 'Менеджер написал:\nвезите обратно.\nЯ отвёз.',
  },
  {
    name: 'a forwarded message is the substance',
    text: 'Прошу разобраться.\n\n---------- Forwarded message ---------\nFrom: Клиент <k@x.example>\nDate: Mon\nSubject: Брак\nTo: Мы\n\nДрель сломалась.',
    own: 'Прошу разобраться.\n\n---------- Forwarded message ---------\nFrom: Клиент <k@x.example>\nDate: Mon\nSubject: Брак\nTo: Мы\n\nДрель сломалась.',
  },
  { name: 'only a quote: everything is kept', text: '> Пришлите чек.', own: '> Пришлите чек.' },
  {
    name: 'С уважением inside a sentence',
    text: 'С уважением отношусь к вам, но дрель сломана.\nИ точка.',
    own: 'С уважением отношусь к вам, но дрель сломана.\nИ точка.',
  },
];

describe('cleanMailText', () => {
  for (const { name, text, own } of cases) {
    it(name, () => assert.equal(cleanMailText(text), own));
  }

  it('is linear: a megabyte of near-attributions takes well under a second', () => {
    // Time of the processor: a busy machine gives it later, but no more of it is needed.
    const started = process.cpuUsage();
    cleanMailText('12:30 2026 <a@b.example> и так далее\n'.repeat(30_000));
    cleanMailText('а'.repeat(1_000_000));
    cleanMailText('<'.repeat(500_000));
    assert.ok(process.cpuUsage(started).user < 1_500_000);
  });
});
