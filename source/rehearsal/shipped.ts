/*
What a rehearsal brings along: the sample with its workspace, and the service. Beside the bundle, or in the source tree
when the program runs from there.
*/
import {fileURLToPath} from 'node:url';

export type Shipped = {readonly sample: string; readonly sandbox: string};

const at = (base: URL, path: string): string => fileURLToPath(new URL(path, base));

/** By the address of this module; a bundle's shared parts lie one folder deeper than its entries. */
function shippedWith(module: string): Shipped {
	if (module.endsWith('.ts')) {
		const root = new URL('../../', module);
		return {sample: at(root, 'samples/ferry'), sandbox: at(root, 'scripts/sandbox.ts')};
	}
	const dist = new URL(/\/chunks\/[^/]*$/.test(module) ? '../' : './', module);
	return {sample: at(dist, 'samples/ferry'), sandbox: at(dist, 'sandbox.js')};
}

export const shipped: Shipped = shippedWith(import.meta.url);

/** The sample's runbook, by its place in the workspace. */
export const sampleRunbook = 'runbook.md';
