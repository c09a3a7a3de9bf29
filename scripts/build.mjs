// npm run build: builds all of dist/, stale or not.
import { buildProduct } from './build-product.mjs';

process.exitCode = (await buildProduct({ force: true })) ? 0 : 1;
