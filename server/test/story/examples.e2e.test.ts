import assert from 'node:assert/strict';
import { drawPhoto } from '../../../designer/test/draw-photo.ts';
import { startApp, type PersonName, type TestApp } from '../../http/test/start-app.ts';
import { forEachDialect } from '../dialects.ts';

/** The article's four examples: what the mail says, and the department that must judge it. */
const EXAMPLES = [
  {
    mail: 'claim-shortage.eml',
    topic: 'shortage',
    demand: 'refund',
    to: 'warehouse',
    set: { qtyOrdered: 10, qtyReceived: 8 },
  },
  { mail: 'claim-transit.eml', topic: 'transit', demand: 'replace', to: 'logistics', set: { transitDamage: true } },
  { mail: 'claim-defect.eml', topic: 'defect', demand: 'repair', to: 'production', set: { defectSuspected: true } },
  { mail: 'claim-misuse.eml', topic: 'misuse', demand: 'repair', to: 'consultation', set: {} },
] as const;
const DEPARTMENTS = ['warehouse', 'logistics', 'production', 'consultation'] as const;
const VERDICT = { reason: 'other', verdictText: 'Рассмотрели и ответили по существу, виновных не нашли.' };

forEachDialect((dialect) => {
  describe('the four examples', () => {
    let test: TestApp;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
    });
    after(() => test.close());

    const tasksOf = async (
      who: PersonName,
      tab = 'group',
    ): Promise<readonly { userTaskKey: string; caseKey: string }[]> =>
      (await test.call(who, `GET /api/tasks?tab=${tab}&limit=200`)).body.items;
    const taskOf = async (who: PersonName, caseKey: string, tab = 'group') => {
      const found = (await tasksOf(who, tab)).find((task) => task.caseKey === caseKey);
      assert.ok(found, `${who} has a task`);
      return found.userTaskKey;
    };
    const complete = async (who: PersonName, key: string, data: object): Promise<void> => {
      const answer = await test.call(who, `POST /api/tasks/${key}/complete`, { data });
      assert.equal(answer.status, 204, JSON.stringify(answer.body));
      await test.settle();
    };
    const photo = async (who: PersonName, key: string, field: string): Promise<unknown> => {
      const form = new FormData();
      form.set('file', new File([new Uint8Array(drawPhoto(1, 32, 24))], 'фото.png', { type: 'image/png' }));
      const answer = await test.call(who, `POST /api/tasks/${key}/files?path=${encodeURIComponent(`/${field}`)}`, form);
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body;
    };

    for (const example of EXAMPLES) {
      it(`${example.topic}: ${example.to} judges it, nobody else sees it, and the client gets an answer`, async () => {
        const { caseKey, caseNumber } = (await test.mail(example.mail)).body;
        await test.settle();
        await complete('dispatcher', await taskOf('dispatcher', caseKey), {
          channel: 'mail',
          clientKind: 'b2b',
          clientName: 'ООО «Строймир»',
          email: 'client@stroymir.example',
          topic: example.topic,
          demand: example.demand,
          isClaim: true,
          assignee: 'dispatcher2',
        });
        const check = await taskOf('dispatcher2', caseKey, 'mine');
        const nameplate = [await photo('dispatcher2', check, 'photoNameplate')];
        const product = [await photo('dispatcher2', check, 'photoProduct')];
        await complete('dispatcher2', check, {
          ...{ transitDamage: false, defectSuspected: false, complete: true, email: 'client@stroymir.example' },
          ...{ serial: 'DU750-26-004501', batch: '2026-09-B', purchaseDate: '2026-11-10', invoiceNo: '118' },
          ...{ photoNameplate: nameplate, photoProduct: product },
          ...example.set,
        });
        for (const department of DEPARTMENTS) {
          const seen = (await tasksOf(department)).filter((task) => task.caseKey === caseKey);
          assert.equal(seen.length, department === example.to ? 1 : 0, department);
        }
        const examine = await taskOf(example.to, caseKey);
        const docs = example.topic === 'transit' ? { docs: [await photo(example.to, examine, 'docs')] } : {};
        const quantities = example.topic === 'shortage' ? example.set : {};
        await complete(example.to, examine, {
          ...VERDICT,
          ...docs,
          ...quantities,
          faultParty: 'client',
          verdict: 'consult',
        });
        const [document] = (await test.call('head', `GET /api/cases/${caseKey}/documents`)).body.items;
        assert.match(document.documentNumber, /^ОТВ-2026-\d{6}$/);
        const mails = (await test.call('head', `GET /api/cases/${caseKey}/mails`)).body.items;
        assert.match(mails.at(-1).subject, new RegExp(caseNumber));
        assert.equal(mails.at(-1).attachments.length, 1);
        assert.equal((await test.call('head', `GET /api/cases/${caseKey}`)).body.case.state, 'COMPLETED');
      });
    }
  });
});
