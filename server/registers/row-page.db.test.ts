import assert from 'node:assert/strict';
import { readRegister, rowTexts } from '#engine';
import { queryRows, readerOf, type Executor } from '../database/connect.ts';
import { openTestDatabase, type OpenTestDatabase } from '../database/test/open-test-database.ts';
import { inTransaction } from '../database/transaction.ts';
import { insertRows } from '../database/write-rows.ts';
import { forEachDialect } from '../test/dialects.ts';
import { prepareIndexes } from './register-indexes.ts';
import { rowTable } from './register-tables.ts';
import { countFound, cursorOf, pageOfRows, type RowQuery } from './row-page.ts';
import { partsRegister } from './test/parts-register.ts';

const ROWS = 20_000;

forEachDialect((dialect) => {
  describe('a register of many rows', function () {
    this.timeout(60_000);
    const register = readRegister(partsRegister());
    let open: OpenTestDatabase;
    let reader: Executor;
    before(async () => {
      open = await openTestDatabase(dialect);
      reader = readerOf(open.database);
      const rows = Array.from({ length: ROWS }, (_, index) => {
        const article = `A-${String(index).padStart(6, '0')}`;
        const values = {
          article,
          name: `Деталь ${index % 977}`,
          model: `M-${index % 100}`,
          price: (index * 7919) % ROWS,
        };
        const { rowKey, label, search, sortValues } = rowTexts(register, values);
        return {
          register_key: 'spares',
          row_key: rowKey,
          version: 1,
          content: values,
          sort_values: sortValues,
          label,
          search,
          created_at: 0,
          updated_at: 0,
          updated_by: null,
        };
      });
      await inTransaction(open.database, async (tx) => {
        await prepareIndexes(tx, register);
        for (let at = 0; at < ROWS; at += 5_000) await insertRows(tx, rowTable, rows.slice(at, at + 5_000));
        // Another register in the same table must not be in the way.
        await insertRows(
          tx,
          rowTable,
          rows.slice(0, 5_000).map((row) => ({ ...row, register_key: 'others' })),
        );
      });
      await queryRows({ sql: open.database.writer, dialect: open.database.dialect }, 'ANALYZE register_row');
    });
    after(() => open.drop());

    /** The plan of the statement that a page is read with. */
    const planOf = async (query: RowQuery & { readonly after?: readonly [string, string] }): Promise<string> => {
      let plan = '';
      const prefix = dialect.name === 'postgres' ? 'EXPLAIN ' : 'EXPLAIN QUERY PLAN ';

      const client = reader.sql.client;
      const run = client.query.bind(client);
      client.query = async (connection: unknown, asked: { sql: string }) => {
        const answer = await run(connection, { ...asked, sql: prefix + asked.sql });
        plan = JSON.stringify(reader.dialect.rowsOf(answer.response));
        return run(connection, asked);
      };
      try {
        await pageOfRows(reader, register, { ...query, limit: 100 });
      } finally {
        delete client.query;
      }
      return plan;
    };

    it('is sorted by an index, in both directions and from the middle', async () => {
      for (const sort of ['article', 'name', 'price']) {
        for (const descending of [false, true]) {
          for (const after of [undefined, ['5', 'A-010000']] as const) {
            const plan = await planOf({ sort, descending, ...(after && { after }) });
            assert.match(plan, /register_[0-9a-f]{12}_sort_/, plan);
            assert.doesNotMatch(plan, /TEMP B-TREE|"Sort|Seq Scan/, plan);
          }
        }
      }
    });

    it('is narrowed by an index where an indexed field is given', async () => {
      const plan = await planOf({ sort: 'article', descending: false, where: { model: 'M-7' } });
      assert.match(plan, /register_[0-9a-f]{12}_sort_/, plan);
      assert.equal(
        await countFound(reader, register, { sort: 'article', descending: false, where: { model: 'M-7' } }),
        200,
      );
    });

    it('is walked page by page without a gap or a double, whatever it is sorted by', async () => {
      const seen = new Set<string>();
      let prices: number[] = [];
      for (let after: ReturnType<typeof cursorOf> | undefined; ;) {
        const page = await pageOfRows(reader, register, {
          sort: 'price',
          descending: true,
          limit: 3_000,
          ...(after && { after }),
        });
        page.forEach(({ row_key }) => seen.add(row_key));
        prices = [...prices, ...page.map(({ content }) => (content as { price: number }).price)];
        if (page.length < 3_000) break;
        after = cursorOf(page.at(-1)!, 'price');
      }
      assert.equal(seen.size, ROWS);
      assert.deepEqual(
        prices,
        [...prices].sort((a, b) => b - a),
      );
    });
  });
});
