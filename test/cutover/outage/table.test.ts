import {test} from 'node:test';
import {fold} from '../../../source/cutover/health/outage/fold.ts';
import {checkRow, rows} from './rows.ts';

for (const row of rows) test(row.about, () => checkRow(row, fold));
