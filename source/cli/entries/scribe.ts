/* The process `scribe`: what it writes where comes as one JSON argument from the runner that starts it. */
import process from 'node:process';
import {scribe} from '../../attempts/log/scribe.ts';
import {stillRunning} from '../../processes/tree.ts';
import {clockOf} from '../clock.ts';

const {folder, log, head, tail, mark, held} = JSON.parse(process.argv[2] ?? '');
scribe({log, held, head, tail, clock: clockOf(folder), still: () => stillRunning(mark)});
