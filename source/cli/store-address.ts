/*
Where cutovers are recorded: `--store`, else CUTOVER_STORE, else `store:` in `$XDG_CONFIG_HOME/cutover-tui/config.yaml`.
*/

import {readFileSync} from 'node:fs';
import {isAbsolute, join, resolve} from 'node:path';
import {ifExists} from '../disk/fault.ts';
import {homeOf} from '../disk/file.ts';
import {errorText} from '../text/error-text.ts';
import {fieldsOf} from '../text/fields.ts';
import type {Args} from './args.ts';
import {UsageError} from './usage-error.ts';

/** `from`: what names it. */
export type Named = {readonly address: string; readonly from: string};

/** Null where nothing names a folder for it. */
function configFile({env}: Args['io']): string | null {
	const base = env['XDG_CONFIG_HOME'];
	if (base !== undefined && isAbsolute(base)) return join(base, 'cutover-tui/config.yaml');
	const home = homeOf(env);
	return home === null ? null : join(home, '.config/cutover-tui/config.yaml');
}

async function inConfig(io: Args['io']): Promise<Named | null> {
	const file = configFile(io);
	const text = file === null ? null : ifExists(() => readFileSync(file, 'utf8'));
	if (file === null || text === null) return null;
	const {yamlValue} = await import('../text/yaml.ts');
	let value: unknown;
	try {
		value = yamlValue(text);
	} catch (error) {
		throw new UsageError(`${file} is not YAML: ${errorText(error)}`);
	}
	const store = fieldsOf(value)?.['store'];
	if (store === undefined) return null;
	if (typeof store !== 'string')
		throw new UsageError(`${file}: store must be a text, such as postgres://db1,db2/cutover.`);
	return {address: store, from: file};
}

/** Null where none is named: the state folder. A --state that is given is taken before the environment and the file. */
export async function storeAddress(call: Pick<Args, 'text' | 'io'>): Promise<Named | null> {
	const {io} = call;
	const option = call.text('store');
	const named =
		option !== null
			? {address: option, from: '--store'}
			: call.text('state') !== null
				? null
				: io.env['CUTOVER_STORE']
					? {address: io.env['CUTOVER_STORE'], from: 'CUTOVER_STORE'}
					: await inConfig(io);
	return named === null || named.address.includes('://') ? named : {...named, address: resolve(io.cwd, named.address)};
}
