/*
Where a part of the reader is that is loaded only when it is needed, by its address: a file of the source tree, or an entry
of the bundle, whose shared parts lie one folder deeper than its entries.
*/
import {fileURLToPath} from 'node:url';
import type {Path} from '../cutover/model/runbook.ts';

/** `module`: address of the module that asks. `source`: the part, seen from there. `entry`: its name in the bundle. */
export const partOf = (module: string, source: string, entry: string): Path =>
	fileURLToPath(
		new URL(module.endsWith('.ts') ? source : `${/\/chunks\/[^/]*$/.test(module) ? '../' : './'}${entry}.js`, module),
	);
