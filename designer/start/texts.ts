/** Every text of the forms that start a case, for people outside of the house; merged under `start`. */
const ru = {
  send: 'Отправить',
  discard: 'Очистить форму',
  discardQuestion: 'Удалить введённое и фото? Вернуть их будет нельзя.',
  discardYes: 'Удалить',
  discardNo: 'Оставить',
  missing: 'Здесь ничего нет',
  missingLead: 'Форма закрыта или адрес неверен. Проверьте ссылку или позвоните в компанию, которая её прислала.',
  captcha: 'Проверка, что вы не робот',
  captchaMissing: 'Подтвердите, что вы не робот.',
  received: 'Заявка принята',
  number: 'Номер заявки',
  keepLink: 'Сохраните ссылку: по ней видно, что с заявкой. Второй раз её не показать.',
  copyLink: 'Скопировать ссылку',
  copied: 'Ссылка скопирована',
  shareLink: 'Отправить себе',
  follow: 'Что с заявкой',
  another: 'Отправить ещё одну',
  differs:
    'Эта заявка уже была принята раньше. Изменения, сделанные после отправки, в неё не вошли: сообщите их по телефону.',
  followTitle: 'Заявка {{number}}',
  followMissing: 'Заявка не найдена',
  followMissingLead:
    'Ссылка неполная или заявка уже удалена. Откройте ссылку целиком, как она была показана после отправки.',
  history: 'Как шло',
  refreshed: 'Обновляется сама',
};

const en: Record<keyof typeof ru, string> = {
  send: 'Send',
  discard: 'Clear the form',
  discardQuestion: 'Delete what was typed and the photos? They cannot be brought back.',
  discardYes: 'Delete',
  discardNo: 'Keep',
  missing: 'There is nothing here',
  missingLead: 'The form is closed or the address is wrong. Check the link, or call the company that sent it.',
  captcha: 'A check that you are not a robot',
  captchaMissing: 'Confirm that you are not a robot.',
  received: 'Request accepted',
  number: 'Number of the request',
  keepLink: 'Keep the link: it shows how the request goes. It cannot be shown a second time.',
  copyLink: 'Copy the link',
  copied: 'The link is copied',
  shareLink: 'Send it to yourself',
  follow: 'How it goes',
  another: 'Send another one',
  differs: 'This request had been accepted before. What you changed after sending is not in it: tell us by phone.',
  followTitle: 'Request {{number}}',
  followMissing: 'Request not found',
  followMissingLead:
    'The link is not whole, or the request is deleted. Open the whole link as it was shown after sending.',
  history: 'So far',
  refreshed: 'Refreshes by itself',
};

export const startTexts = { ru, en } as const;
